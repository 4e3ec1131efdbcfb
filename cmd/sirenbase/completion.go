package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

func (completionCommand) Help() string {
	return `In bash: source <(sirenbase completion bash)

In zsh: source <(sirenbase completion zsh)

In fish: sirenbase completion fish | source`
}

// Run prints the script. It is static: what can be typed is known.
func (s *completionCommand) Run(c *console, command *kong.Context) error {
	script := map[string]func(*kong.Node) string{
		"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion,
	}[s.Shell]
	_, err := io.WriteString(c.stdout, script(command.Model.Node))
	return err
}

// everyNode visits the program and all its commands. trail is the words that
// lead to one, each with a space before it.
func everyNode(node *kong.Node, trail string, visit func(trail string, node *kong.Node)) {
	visit(trail, node)
	for _, child := range node.Children {
		everyNode(child, trail+" "+child.Name, visit)
	}
}

// nextWords is what may follow a node: commands, the choices of an argument,
// flags.
func nextWords(node *kong.Node) []string {
	var words []string
	for _, child := range node.Children {
		words = append(words, child.Name)
	}
	for _, argument := range node.Positional {
		if argument.Enum != "" {
			words = append(words, argument.EnumSlice()...)
		}
	}
	for _, group := range node.AllFlags(true) {
		for _, flag := range group {
			words = append(words, "--"+flag.Name)
		}
	}
	return words
}

// cases are the two tables that bash and zsh share: which words lead on, and
// what may follow.
func cases(root *kong.Node) (trails, choices string) {
	var known, follow strings.Builder
	everyNode(root, "", func(trail string, node *kong.Node) {
		if trail != "" {
			fmt.Fprintf(&known, "            '%s') trail=\"$trail $word\" ;;\n", trail)
		}
		fmt.Fprintf(&follow, "        '%s') choices='%s' ;;\n", trail, strings.Join(nextWords(node), " "))
	})
	return known.String(), follow.String()
}

const bashScript = `# bash completion for sirenbase
_sirenbase() {
    local trail='' choices='' word
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "$trail $word" in
%s        esac
    done
    case "$trail" in
%s    esac
    COMPREPLY=($(compgen -W "$choices" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _sirenbase sirenbase
`

func bashCompletion(root *kong.Node) string {
	trails, choices := cases(root)
	return fmt.Sprintf(bashScript, trails, choices)
}

const zshScript = `#compdef sirenbase
_sirenbase() {
    local trail='' choices='' word
    for word in "${(@)words[2,CURRENT-1]}"; do
        case "$trail $word" in
%s        esac
    done
    case "$trail" in
%s    esac
    compadd -- ${=choices}
}
if [ "$funcstack[1]" = _sirenbase ]; then
    _sirenbase
else
    compdef _sirenbase sirenbase
fi
`

func zshCompletion(root *kong.Node) string {
	trails, choices := cases(root)
	return fmt.Sprintf(zshScript, trails, choices)
}

// fishCompletion has a line for each word, with its help.
func fishCompletion(root *kong.Node) string {
	w := &strings.Builder{}
	fmt.Fprintln(w, "# fish completion for sirenbase\ncomplete -c sirenbase -f")
	everyNode(root, "", func(trail string, node *kong.Node) {
		prefix := "complete -c sirenbase -n '" + fishCondition(trail, node) + "'"
		for _, child := range node.Children {
			fmt.Fprintf(w, "%s -a %s -d '%s'\n", prefix, child.Name, fishQuoted(child.Help))
		}
		for _, argument := range node.Positional {
			if argument.Enum != "" {
				fmt.Fprintf(w, "%s -a '%s'\n", prefix, strings.Join(argument.EnumSlice(), " "))
			}
		}
		for _, flag := range node.Flags {
			fmt.Fprintf(w, "%s -l %s -d '%s'\n", prefix, flag.Name, fishQuoted(flag.Help))
		}
	})
	return w.String()
}

// fishCondition holds where the words of a node may follow.
func fishCondition(trail string, node *kong.Node) string {
	var all []string
	for word := range strings.FieldsSeq(trail) {
		all = append(all, "__fish_seen_subcommand_from "+word)
	}
	var children []string
	for _, child := range node.Children {
		children = append(children, child.Name)
	}
	if len(children) > 0 {
		all = append(all, "not __fish_seen_subcommand_from "+strings.Join(children, " "))
	}
	return strings.Join(all, "; and ")
}

func fishQuoted(text string) string {
	return strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text)
}
