package app_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// victimVariable makes the test binary a server on the database it names, so
// that there is a process to kill.
const (
	victimVariable = "SIRENBASE_TEST_VICTIM"
	drainVariable  = "SIRENBASE_TEST_DRAIN_DELAY"
)

func TestMain(m *testing.M) {
	if url := os.Getenv(victimVariable); url != "" {
		if err := serveUntilTold(url); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(dbtest.Main(m))
}

func serveUntilTold(url string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	settings, err := config.Load(config.Input{Flags: map[string]string{
		"DATABASE_URL": url, "DATA_DIR": os.TempDir(), "DRAIN_DELAY": os.Getenv(drainVariable),
		"SECRET_KEY": strings.Repeat("pepper for tests ", 3), "JWT_SECRET_KEY": apptest.JWTKey,
	}})
	if err != nil {
		return err
	}
	program, err := app.New(ctx, settings, app.Options{
		Version: "test", Log: slog.New(slog.DiscardHandler), Clock: clock.System, HashCost: identity.DefaultHashCost,
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://" + listener.Addr().String())
	return errors.Join(program.Serve(ctx, listener), program.Close())
}

func TestWhatWasAnsweredBeforeAKillIsThereWithItsHistoryAndNothingElse(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			url := dbtest.URL(t, engine)
			token := tokenFor(t, url)
			answered := addUntilKilled(t, url, token)
			if len(answered) == 0 {
				t.Fatal("nothing was added before the kill")
			}
			checkSurvivors(t, dbtest.Connect(t, url), answered)
		})
	}
}

// tokenFor fills the database and lets the clock of the token be the real one,
// as the victim's is.
func tokenFor(t *testing.T, url string) string {
	t.Helper()
	s := apptest.Start(t, apptest.Settings(t, url))
	s.Clock.Set(clock.System())
	s.AddPartners()
	return s.Staff().Token
}

// addUntilKilled sends 1,000 adds from 20 clients and kills the server among
// them; it returns the codes that were answered with 201.
func addUntilKilled(t *testing.T, url, token string) []string {
	t.Helper()
	address, kill := startVictim(t, url)
	var (
		mu       sync.Mutex
		answered []string
		sent     atomic.Int64
		clients  sync.WaitGroup
	)
	for range 20 {
		clients.Go(func() {
			for sent.Add(1) <= 1000 {
				code, ok := addOne(address, token)
				if !ok {
					return
				}
				mu.Lock()
				answered = append(answered, code)
				if len(answered) == 150 {
					kill()
				}
				mu.Unlock()
			}
		})
	}
	clients.Wait()
	return answered
}

func startVictim(t *testing.T, url string) (address string, kill func()) {
	t.Helper()
	address, victim := startNode(t, url, "0s")
	return address, func() {
		if err := victim.Process.Kill(); err != nil {
			t.Error(err)
		}
	}
}

// startNode starts a server as a process of its own.
func startNode(t *testing.T, url, drainDelay string) (address string, node *exec.Cmd) {
	t.Helper()
	node = exec.Command(os.Args[0])
	node.Env = append(os.Environ(), victimVariable+"="+url, drainVariable+"="+drainDelay)
	output, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = node.Process.Kill() // it is dead already, unless the test failed before
		_ = node.Wait()         // says that it was killed
	})
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "http://") {
		t.Fatalf("the server did not start: %q, %v", line, err)
	}
	return strings.TrimSpace(line), node
}

// addOne returns the code of the new item, or false once there is no answer.
func addOne(address, token string) (string, bool) {
	request, err := http.NewRequest(http.MethodPost, address+"/api/tracking/items",
		strings.NewReader(`{"name": "Paper Bags", "category": "other"}`))
	if err != nil {
		return "", false
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", false
	}
	defer response.Body.Close()
	var body strings.Builder
	if _, err := bufio.NewReader(response.Body).WriteTo(&body); err != nil || response.StatusCode != http.StatusCreated {
		return "", false
	}
	_, rest, _ := strings.Cut(body.String(), `"code":"`)
	return rest[:4], true
}

func checkSurvivors(t *testing.T, db *database.DB, answered []string) {
	t.Helper()
	ctx := context.Background()
	text := func(row database.Row) (code string, err error) { err = row.Scan(&code); return code, err }
	items, err := database.All(ctx, db.Read(), text, `SELECT code FROM tracking_items WHERE NOT is_removed ORDER BY code`)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, code := range items {
		there[code] = true
	}
	for _, code := range answered {
		if !there[code] {
			t.Errorf("%s was answered with 201 and is lost", code)
		}
	}
	for name, query := range map[string]string{
		"items without a history row": `SELECT code FROM tracking_items i WHERE NOT EXISTS (
			SELECT 1 FROM tracking_history h WHERE h.store_id = i.store_id AND h.item_code = i.code)`,
		"history rows without an item": `SELECT item_code FROM tracking_history h WHERE NOT EXISTS (
			SELECT 1 FROM tracking_items i WHERE i.store_id = h.store_id AND i.code = h.item_code)`,
		"codes in use without an item": `SELECT code FROM tracking_codes c WHERE in_use AND NOT EXISTS (
			SELECT 1 FROM tracking_items i WHERE i.store_id = c.store_id AND i.code = c.code)`,
		"items whose code is not in use": `SELECT code FROM tracking_items i WHERE NOT EXISTS (
			SELECT 1 FROM tracking_codes c WHERE c.store_id = i.store_id AND c.code = i.code AND c.in_use)`,
	} {
		if found, err := database.All(ctx, db.Read(), text, query); err != nil || len(found) > 0 {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}
