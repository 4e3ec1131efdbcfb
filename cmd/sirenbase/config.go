package main

type configCommand struct{}

func (configCommand) Help() string {
	return "Keys and passwords are masked. If settings are wrong, all of them are named."
}

// Run prints the settings.
func (configCommand) Run(c *console) error {
	settings, err := loadSettings(nil, false)
	if err != nil {
		return err
	}
	return settings.Print(c.stdout)
}
