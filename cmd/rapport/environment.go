package main

import (
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// Variables of the environment stand for the server's own flags, wherever they mean the same: what a container is given
// for its server must not change what another command is about.
var (
	// ownCommands work on what the server works on, by the same flags.
	ownCommands = []string{"serve", "demo", "keys", "eventstore", "adopt", "rotate"}
	// everywhere are flags that say where a command's server is, and how to speak to it.
	everywhere = []string{"server", "token", "token-file", "purpose", "log-level", "log-json"}
)

// environment names the variable of each flag that has one: RAPPORT_ and the flag's name.
func environment() kong.Option {
	var name func(node *kong.Node, own bool)
	name = func(node *kong.Node, own bool) {
		own = own || slices.Contains(ownCommands, node.Name)
		for _, flag := range node.Flags {
			if flag.Name == "help" || flag.Name == "version" || !own && !slices.Contains(everywhere, flag.Name) ||
				slices.Equal(flag.Envs, []string{"-"}) {
				flag.Envs, flag.Tag.Envs = nil, nil
				continue
			}
			variable := "RAPPORT_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
			flag.Envs, flag.Tag.Envs = []string{variable}, []string{variable}
		}
		for _, child := range node.Children {
			name(child, own)
		}
	}
	return kong.PostBuild(func(k *kong.Kong) error {
		name(k.Model.Node, false)
		return nil
	})
}
