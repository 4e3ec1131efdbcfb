package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"
)

// A seal is a skippable frame of zstd (RFC 8878, 3.1.2): its magic number, the
// length of what it holds, and that: the SHA-256 of all that stands before it.
const (
	sealMagic  = 0x184D2A5E
	sealHeader = 8
	sealSize   = sealHeader + sha256.Size
)

var errDamaged = errors.New("the file is damaged, or no backup of SirenBase: nothing was changed")

func seal(sum []byte) []byte {
	frame := binary.LittleEndian.AppendUint32(nil, sealMagic)
	frame = binary.LittleEndian.AppendUint32(frame, sha256.Size)
	return append(frame, sum...)
}

// sealed passes on what is written, and seals it.
type sealed struct {
	out     io.Writer
	sum     hash.Hash
	written int64
}

func (s *sealed) Write(p []byte) (int, error) {
	n, err := s.out.Write(p)
	s.sum.Write(p[:n])
	s.written += int64(n)
	return n, err
}

func (s *sealed) close() error {
	n, err := s.out.Write(seal(s.sum.Sum(nil)))
	s.written += int64(n)
	return err
}

// checkSeal reads the whole file and returns how long it is without its seal.
func checkSeal(file io.ReadSeeker) (int64, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, err
	}
	if size -= sealSize; size < 0 {
		return 0, errDamaged
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	sum := sha256.New()
	if _, err := io.CopyN(sum, file, size); err != nil {
		return 0, err
	}
	found := make([]byte, sealSize)
	if _, err := io.ReadFull(file, found); err != nil {
		return 0, err
	}
	if !bytes.Equal(found, seal(sum.Sum(nil))) {
		return 0, errDamaged
	}
	return size, nil
}
