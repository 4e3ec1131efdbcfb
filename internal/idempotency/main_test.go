package idempotency_test

import (
	"os"
	"testing"

	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }
