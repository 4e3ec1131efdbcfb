package milkcount_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

// rows are a summary's: "foh boh delivered on_order total par order overnight".
func rows(r *apptest.Response) map[string]string {
	r.TB.Helper()
	var got struct{ Summary []map[string]any }
	r.ExpectStatus(http.StatusOK).Into(&got)
	lines := map[string]string{}
	for _, row := range got.Summary {
		words := []string{}
		for _, field := range []string{"foh", "boh", "delivered", "on_order", "total", "par", "order", "used_overnight"} {
			words = append(words, fmt.Sprint(row[field]))
		}
		lines[row["milk_type"].(string)] = strings.Join(words, " ")
	}
	return lines
}

func (s *shop) setPar(milk string, par int) {
	s.TB.Helper()
	s.admin.Put(parsPath+"/"+s.milk[milk], object{"par_value": par}).ExpectStatus(http.StatusOK)
}

func TestTheSummaryWorksOutWhatToOrder(t *testing.T) {
	type milk struct {
		name, foh, boh, morning, onOrder string
		par                              int
		want                             string
	}
	const counted, direct = `"method": "boh_count", "current_boh": `, `"method": "direct_delivered", "delivered": `
	milks := []milk{
		{"2%", "3", "4", counted + "9", "2", 20, "3 4 5 2 12 20 6 0"},
		{"Whole", "3", "4", counted + "1", "0", 20, "3 4 0 0 7 20 13 3"},          // less than at night: used, not delivered
		{"Non-Fat", "3", "4", direct + "6", "30", 20, "3 4 6 30 13 20 0 0"},       // enough on order
		{"Half & Half", "10", "10", direct + "0", "0", 20, "10 10 0 0 20 20 0 0"}, // just par
		{"Heavy Cream", "", "", "", "", 7, "0 0 0 0 0 7 7 0"},                     // nobody counted it
		{"Soy", "", "", counted + "5", "", 9, "0 0 5 0 5 9 4 0"},                  // the night's back fridge unknown: 0
		{"Oat", "5", "", direct + "2", "1", 0, "5 0 2 1 7 0 0 0"},                 // no par
		{"Coconut", "0", "0", counted + "0", "0", 1, "0 0 0 0 0 1 1 0"},
		{"Almond", "1000000", "1000000", counted + "1000000", "1000000", 1000000, "1e+06 1e+06 0 1e+06 2e+06 1e+06 0 0"},
	}
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		bodies := [4][]string{}
		for _, m := range milks {
			s.setPar(m.name, m.par)
			for i, value := range []string{`"foh_count": ` + m.foh, `"boh_count": ` + m.boh, m.morning, `"on_order": ` + m.onOrder} {
				if value != "" && !strings.HasSuffix(value, ": ") {
					bodies[i] = append(bodies[i], `{"milk_type_id": "<`+m.name+`>", `+value+`}`)
				}
			}
		}
		for i, one := range steps {
			array := strings.Split(one.body, `"`)[1]
			s.put(s.staff, session+one.path, `{"`+array+`": [`+strings.Join(bodies[i], ", ")+`]}`).ExpectStatus(200)
		}
		want := map[string]string{}
		for _, m := range milks {
			want[m.name] = m.want
		}
		r := s.staff.Get(session + "/summary")
		if diff := cmp.Diff(want, rows(r)); diff != "" {
			t.Errorf("the summary differs (-want +got):\n%s", diff)
		}
		for field, sum := range map[string]float64{
			"total_foh": 1000024, "total_boh": 1000022, "total_delivered": 18, "total_on_order": 1000033,
			"total_inventory": 2000064, "total_order": 31,
		} {
			if got := r.Value("totals." + field); got != sum {
				t.Errorf("%s is %v, want %v", field, got, sum)
			}
		}
		if got := r.Text("summary.8.milk_type") + r.Text("summary.8.category"); got != "Almondnon_dairy" {
			t.Errorf("the last row is of %s", got)
		}
	})
}

func TestAnEmptySummary(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		for name := range s.milk {
			if name != "Oat" {
				s.admin.Put(allTypesPath+"/"+s.milk[name], `{"active": false}`).ExpectStatus(200)
			}
		}
		s.setPar("Oat", 5)
		s.staff.Get(s.start()+"/summary").Expect(200, `{"session": {"id": "<id>", "date": "2026-03-04", "status": "night_foh",
			"received_at": "<time>", "created_at": "2026-03-04T20:00:00.123456Z"}, "summary": [{"milk_type": "Oat", "category": "non_dairy", "foh": 0, "boh": 0,
			"delivered": 0, "on_order": 0, "total": 0, "par": 5, "order": 5, "used_overnight": 0}], "totals": {"total_foh": 0,
			"total_boh": 0, "total_delivered": 0, "total_on_order": 0, "total_inventory": 0, "total_order": 5}}`)
	})
}

// The old system changed its old summaries with every par.
func TestAParThatChangesRewritesNoHistory(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		s.setPar("Oat", 20)
		session := s.start()
		par := func(want string) {
			t.Helper()
			if got := fmt.Sprint(s.staff.Get(session + "/summary").Value("summary.6.par")); got != want {
				t.Errorf("the par is %s, want %s", got, want)
			}
		}
		s.bring(s.staff, session, "on_order")
		s.setPar("Oat", 30)
		par("30") // today's until it is completed
		s.bring(s.staff, session, "completed")
		before := string(s.staff.Get(session + "/summary").Body)
		s.setPar("Oat", 40)
		s.setPar("Whole", 50)
		if after := string(s.staff.Get(session + "/summary").Body); after != before {
			t.Errorf("the summary was\n%s\nand is\n%s", before, after)
		}
		reopen(s.admin, session, "morning", "recount").ExpectStatus(200)
		par("40") // today's again
		s.setPar("Oat", 41)
		par("41")
		s.bring(s.staff, session, "completed")
		s.setPar("Oat", 42)
		par("41")
		// A milk that is hidden, renamed or added afterwards changes no numbers either.
		s.admin.Put(allTypesPath+"/"+s.milk["Soy"], `{"active": false}`).ExpectStatus(200)
		s.admin.Post(allTypesPath, `{"name": "Hemp", "category": "non_dairy", "par_value": 9}`).ExpectStatus(201)
		got := rows(s.staff.Get(session + "/summary"))
		if _, hemp := got["Hemp"]; hemp || got["Soy"] != "1 2 6 0 9 0 0 0" || len(got) != 9 {
			t.Errorf("the summary is %v", got)
		}
	})
}

func TestASummaryIsCSVForWhoAsksForItByName(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		session := s.start()
		for accept, csv := range map[string]bool{
			"text/csv":                              true,
			"TEXT/CSV; charset=utf-8":               true,
			"text/csv, */*":                         true,
			"text/csv, application/json":            true,
			"application/json, text/csv;q=0.9":      false,
			"application/json;q=0.5, text/csv":      true,
			"text/csv;q=0":                          false,
			"text/csv;q=0, application/json;q=0":    false,
			"*/*":                                   false,
			"text/*":                                false,
			"application/json, text/plain, */*":     false,
			"text/html, text/csvx":                  false,
			"":                                      false,
			"application/json;q=0.3, text/csv;q=.2": false,
		} {
			r := s.staff.With("Accept", accept).Get(session + "/summary").ExpectStatus(200)
			want := "application/json"
			if csv {
				want = "text/csv; charset=utf-8"
			}
			if got := r.Header.Get("Content-Type"); got != want {
				t.Errorf("Accept %q: Content-Type %s, want %s", accept, got, want)
			}
			if disposition := r.Header.Get("Content-Disposition"); csv != (disposition == `attachment; filename="milk-count-2026-03-04.csv"`) ||
				!csv && disposition != "" {
				t.Errorf("Accept %q: Content-Disposition %s", accept, disposition)
			}
		}
		// What goes wrong is told in JSON.
		s.staff.With("Accept", "text/csv").Get(root+"/sessions/nope/summary").ExpectError(404, "Session not found")
	})
}

func TestTheCSVOpensInASpreadsheetAsIntended(t *testing.T) {
	eachShop(t, func(t *testing.T, s *shop) {
		for name, other := range map[string]string{
			"2%": "=1+1", "Whole": "+x", "Non-Fat": "-x", "Half & Half": "@x", "Heavy Cream": `a, "b"; c`, "Soy": "Crème brûlée 🥛",
			"Coconut": "=HYPERLINK(\"x\", \"y\")", "Almond": "line\nbreak",
		} {
			s.admin.Put(allTypesPath+"/"+s.milk[name], object{"name": other}).ExpectStatus(200)
		}
		s.setPar("Oat", 20)
		session := s.start()
		s.bring(s.staff, session, "completed")
		got := string(s.staff.With("Accept", "text/csv").Get(session + "/summary").ExpectStatus(200).Body)
		want := "\uFEFF" + strings.Join([]string{
			"milk_type,category,foh,boh,delivered,on_order,total,par,order,used_overnight",
			"'=1+1,dairy,0,0,0,0,0,0,0,0",
			"'+x,dairy,0,0,0,0,0,0,0,0",
			"'-x,dairy,0,0,0,0,0,0,0,0",
			"'@x,dairy,0,0,0,0,0,0,0,0",
			`"a, ""b""; c",dairy,0,0,0,0,0,0,0,0`,
			"Crème brûlée 🥛,non_dairy,1,2,6,0,9,0,0,0",
			"Oat,non_dairy,3,4,5,2,12,20,6,0",
			`"'=HYPERLINK(""x"", ""y"")",non_dairy,0,0,0,0,0,0,0,0`,
			"\"line\r\nbreak\",non_dairy,0,0,0,0,0,0,0,0",
			"Total,,4,6,11,2,21,20,6,0",
		}, "\r\n") + "\r\n"
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the file differs (-want +got):\n%s", diff)
		}
	})
}
