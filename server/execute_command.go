package server

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.lsp.dev/jsonrpc2"
	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/abi"
)

// The commands that a client can have executed. Clients make these names known
// as commands of their own: the editor's extension must use others.
const (
	commandPortable       = "abide.server.makePortable"
	commandCheckWorkspace = "abide.server.checkWorkspace"
	commandWriteBaseline  = "abide.server.writeBaseline"
	commandABIs           = "abide.server.abis"
)

// commands are they. An answer is an object with a "message" for the user.
var commands = map[string]func(*server, context.Context, protocol.ProgressToken, []place) (any, error){
	commandPortable:       (*server).makePortable,
	commandCheckWorkspace: (*server).checkWorkspace,
	commandWriteBaseline:  (*server).writeBaseline,
	commandABIs:           (*server).listABIs,
}

// place is the argument of the commands: a document, and a record in it by a
// position or by its name; or a folder.
type place struct {
	URI      uri.URI            `json:"uri"`
	Position *protocol.Position `json:"position"`
	Name     string             `json:"name"`
}

// ExecuteCommand does what the user chose from an action, a lens or a menu.
func (s *server) ExecuteCommand(ctx context.Context, params *protocol.ExecuteCommandParams) (protocol.LSPAny, error) {
	name := strings.Clone(params.Command)
	run, ok := commands[name]
	if !ok {
		return nil, jsonrpc2.Errorf(jsonrpc2.InvalidParams, "there is no command %.60q; there are %s", name, strings.Join(commandNames(), ", "))
	}
	places := make([]place, len(params.Arguments))
	for i, raw := range params.Arguments {
		if err := json.Unmarshal(raw, &places[i]); err != nil || places[i].URI == "" {
			return nil, badArgument(name, "argument %d must be an object with a uri", i+1)
		}
	}
	answer, err := run(s, ctx, params.WorkDoneToken, places)
	if err != nil {
		return nil, err
	}
	return protocol.Marshal(answer)
}

func commandNames() []string { return slices.Sorted(maps.Keys(commands)) }

func badArgument(command, format string, args ...any) error {
	return jsonrpc2.Errorf(jsonrpc2.InvalidParams, "%s: %s", command, fmt.Sprintf(format, args...))
}

// said is the answer of a command that has nothing else to say.
type said struct {
	Message string `json:"message"`
	Applied bool   `json:"applied"`
}

// makePortable makes a record the same on every ABI, in the editor.
func (s *server) makePortable(ctx context.Context, _ protocol.ProgressToken, args []place) (any, error) {
	if len(args) != 1 || args[0].Position == nil && args[0].Name == "" {
		return nil, badArgument(commandPortable, "give one object with a uri, and a position or a name")
	}
	v := s.view(ctx, protocol.TextDocumentIdentifier{URI: args[0].URI})
	if v == nil {
		return nil, badArgument(commandPortable, "%s is not open", args[0].URI)
	}
	facts, _, err := s.recordMeant(ctx, v, args[0].Name, args[0].Position)
	if err != nil {
		return nil, err
	}
	if facts == nil {
		return said{Message: "There is no record here."}, nil
	}
	if facts.Stale {
		return said{Message: facts.Name + " does not parse at the moment."}, nil
	}
	if facts.Loc.Path != v.doc.path {
		return said{Message: facts.Name + " is defined in another file."}, nil
	}
	fixes, err := v.Portable(ctx, facts.Loc.Start)
	if err != nil {
		return nil, err
	}
	if len(fixes) == 0 {
		return said{Message: facts.Name + ": nothing to do, or nothing that can be done by an edit."}, nil
	}
	params := &protocol.ApplyWorkspaceEditParams{Label: &fixes[0].Title, Edit: *s.toWorkspaceEdit(v, fixes[0].Edits)}
	var result protocol.ApplyWorkspaceEditResult
	if err := s.client.call(ctx, protocol.MethodWorkspaceApplyEdit, params, &result); err != nil {
		return nil, fmt.Errorf("the editor does not take the edit: %w", err)
	}
	if !result.Applied {
		return said{Message: "The editor did not apply the edit."}, nil
	}
	return said{Message: fixes[0].Title + ".", Applied: true}, nil
}

// knownABI is one line of abide.server.abis.
type knownABI struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Default     bool   `json:"default"`
	Selected    bool   `json:"selected"`
}

// listABIs lists the ABIs, and which are chosen for a document or by default.
func (s *server) listABIs(_ context.Context, _ protocol.ProgressToken, args []place) (any, error) {
	path := ""
	if len(args) > 0 {
		path, _ = uriPath(args[0].URI)
	}
	selected := s.settings.abis(path)
	var answer struct {
		Message string     `json:"message"`
		ABIs    []knownABI `json:"abis"`
	}
	for _, a := range abi.All() {
		answer.ABIs = append(answer.ABIs, knownABI{
			Name: a.Name, Description: a.Description,
			Default: slices.Contains(abi.Default(), a), Selected: slices.Contains(selected, a),
		})
	}
	names := make([]string, len(selected))
	for i, a := range selected {
		names[i] = a.Name
	}
	answer.Message = "Compared are " + strings.Join(names, ", ") + "."
	return answer, nil
}
