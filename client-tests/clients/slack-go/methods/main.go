// Calls the methods that apps call most, by slack-go's own functions.
//
// Usage: methods BASE_URL BOT_TOKEN USER_TOKEN. Prints a line of JSON for each
// call: its method, and as body what slack-go's types hold of the reply, or why
// it failed.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/slack-go/slack"
)

type outcome struct {
	Method  string `json:"method"`
	Outcome string `json:"outcome"`
	Body    any    `json:"body,omitempty"`
	Message string `json:"message,omitempty"`
}

// call is one function of slack-go with typical arguments.
type call struct {
	method string
	make   func(*slack.Client) (any, error)
}

func perform(api *slack.Client, each call) outcome {
	body, err := each.make(api)
	if err != nil {
		return outcome{Method: each.method, Outcome: "raised", Message: err.Error()}
	}
	return outcome{Method: each.method, Outcome: "returned", Body: body}
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: methods BASE_URL BOT_TOKEN USER_TOKEN")
		os.Exit(2)
	}
	baseURL := slack.OptionAPIURL(os.Args[1])
	bot := slack.New(os.Args[2], baseURL)
	user := slack.New(os.Args[3], baseURL)
	lines := json.NewEncoder(os.Stdout)
	for _, group := range []struct {
		api   *slack.Client
		calls []call
	}{{bot, conversations}, {bot, messages}, {bot, items}, {bot, people}, {bot, surfaces}, {user, ofPeople}} {
		for _, each := range group.calls {
			if err := lines.Encode(perform(group.api, each)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	}
}
