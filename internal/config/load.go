package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
)

// Input is what the settings are read from.
type Input struct {
	// Flags are values from the command line, by setting name ("PORT").
	Flags map[string]string
	// Environment finds an environment variable, as os.LookupEnv does.
	Environment func(name string) (string, bool)
	// DotEnv is the path of the .env file, which need not exist. Empty reads none.
	DotEnv string
	// Demo is set by serve --demo, which is more lenient.
	Demo bool
	// Keyless is set by what needs no key; one that is given is checked anyway.
	Keyless bool
}

// Load reads and checks every setting and writes nothing. The error has one
// line for each wrong value, so that they can all be mended at once.
func Load(in Input) (Config, error) {
	file, err := readDotEnv(in.DotEnv)
	if err != nil {
		return Config{}, err
	}
	if err := onlySettings(in.Flags); err != nil {
		return Config{}, err
	}
	l := loader{
		config:  Config{Demo: in.Demo, given: map[string]given{}},
		sources: sources(in, file),
		wrong:   map[string]bool{},
		keyless: in.Keyless,
	}
	for _, s := range settings() {
		l.read(s)
	}
	l.placeDatabase()
	l.placeBackups()
	l.checkDay()
	l.checkMetricsAddr()
	l.checkSecrets()
	if len(l.problems) > 0 {
		return Config{}, errors.Join(l.problems...)
	}
	return l.config, nil
}

// loader is one Load under way.
type loader struct {
	config   Config
	sources  []source
	problems []error
	wrong    map[string]bool // settings that have a problem already
	keyless  bool
}

// read takes one setting from the strongest source that has it.
func (l *loader) read(s setting) {
	found, err := find(s, l.sources)
	if err != nil {
		l.wrong[s.name] = true
		l.problems = append(l.problems, err)
		return
	}
	if found.text == "" {
		found = finding{text: s.fallback(l.config.Demo), origin: fromDefault}
	}
	l.config.given[s.name] = given{shown: s.show(found.text), origin: found.origin}
	if found.text == "" {
		return
	}
	if err := s.parse(&l.config, found.text); err != nil {
		l.reject(s.name, err)
	}
}

// reject notes that what was given for a setting is not allowed.
func (l *loader) reject(name string, reason error) {
	l.wrong[name] = true
	l.problems = append(l.problems, refuse(name, l.config.given[name].shown, reason))
}

// placeDatabase puts the embedded database where the data is, unless
// DATABASE_URL says otherwise.
func (l *loader) placeDatabase() {
	if l.config.Database != "" || l.anyWrong("DATABASE_URL", "DATA_DIR") {
		return
	}
	url := sqliteScheme + filepath.Join(l.config.DataDir, "sirenbase.db")
	l.config.Database = DatabaseURL(url)
	l.config.given["DATABASE_URL"] = given{shown: url, origin: fromDefault}
}

// checkDay holds the two clock times against each other: a morning count that
// ends before the day begins could never be taken.
func (l *loader) checkDay() {
	if l.anyWrong("BUSINESS_DAY_START", "MORNING_COUNT_CUTOFF") {
		return
	}
	if l.config.BusinessDayStart >= l.config.MorningCountCutoff {
		cutoff := l.config.given["MORNING_COUNT_CUTOFF"].shown
		l.reject("BUSINESS_DAY_START", fmt.Errorf("must be earlier than MORNING_COUNT_CUTOFF (%s)", cutoff))
	}
}

// checkSecrets comes last because what is asked of a key depends on the
// database and on APP_ENV.
func (l *loader) checkSecrets() {
	if l.anyWrong("DATABASE_URL", "APP_ENV") {
		return
	}
	for _, k := range l.config.keys() {
		if l.wrong[k.name] || *k.key == "" && l.keyless {
			continue
		}
		if err := checkSecret(*k.key, l.config); err != nil {
			l.reject(k.name, err)
		}
	}
}

func (l *loader) anyWrong(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return l.wrong[name] })
}

// refuse is the one form in which a wrong value is reported.
func refuse(name, shown string, reason error) error {
	return fmt.Errorf("%s=%q: %w", name, shown, reason)
}

// onlySettings catches a command line that passes on a setting that does not exist.
func onlySettings(flags map[string]string) error {
	for name := range flags {
		if !slices.ContainsFunc(settings(), func(s setting) bool { return s.name == name }) {
			return fmt.Errorf("unknown setting %q", name)
		}
	}
	return nil
}
