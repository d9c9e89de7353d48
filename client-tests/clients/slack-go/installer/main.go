// Installs an app, and signs a person in, in the ways that Go programs do:
// with the functions of slack-go, and with golang.org/x/oauth2.
//
// It answers each line of JSON with one, as ../../README.md says.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"reflect"
)

// arguments is what the installer of an app knows of it.
type arguments struct {
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	RedirectURI  string `json:"redirect_uri"`
	Scope        string `json:"scope"`
	UserScope    string `json:"user_scope"`
	Callback     string `json:"callback"`
}

type request struct {
	Call      string    `json:"call"`
	Way       string    `json:"way"`
	BaseURL   string    `json:"base_url"`
	Arguments arguments `json:"arguments"`
}

type outcome struct {
	Outcome   string  `json:"outcome"`
	Exception *string `json:"exception"`
	Message   *string `json:"message"`
	URL       string  `json:"url,omitempty"`
	Body      any     `json:"body"`
}

// An installation is under way from its authorize URL on.
type installation interface {
	authorizeURL(state string) string
	exchange(code string) (any, error)
	refresh() (any, error)
}

const state = "a state/of its own"

func begin(of request) (installation, error) {
	switch of.Way {
	case "slack-go", "slack-go pkce":
		return newSlackInstallation(of.BaseURL, of.Arguments, of.Way == "slack-go pkce")
	case "slack-go classic":
		return &classicInstallation{of.BaseURL, of.Arguments}, nil
	case "slack-go openid":
		return &signIn{baseURL: of.BaseURL, arguments: of.Arguments}, nil
	case "oauth2", "oauth2 pkce":
		return newPlainInstallation(of.BaseURL, of.Arguments, of.Way == "oauth2 pkce"), nil
	}
	return nil, fmt.Errorf("no way %q", of.Way)
}

// codeOf reads where an authorize page led to.
func codeOf(callback string) (string, error) {
	address, err := url.Parse(callback)
	if err != nil {
		return "", err
	}
	query := address.Query()
	switch {
	case query.Get("error") != "":
		return "", errors.New(query.Get("error"))
	case query.Get("state") != state:
		return "", fmt.Errorf("the state came back as %q", query.Get("state"))
	}
	return query.Get("code"), nil
}

func raised(err error) outcome {
	name := reflect.TypeOf(err).String()
	message := err.Error()
	return outcome{Outcome: "raised", Exception: &name, Message: &message}
}

func answer(asked request, current *installation) outcome {
	var body any
	var err error
	switch asked.Call {
	case "begin":
		*current, err = begin(asked)
		if err == nil {
			return outcome{Outcome: "returned", URL: (*current).authorizeURL(state)}
		}
	case "finish":
		var code string
		if code, err = codeOf(asked.Arguments.Callback); err == nil {
			body, err = (*current).exchange(code)
		}
	case "refresh":
		body, err = (*current).refresh()
	default:
		err = fmt.Errorf("no call %q", asked.Call)
	}
	if err != nil {
		return raised(err)
	}
	return outcome{Outcome: "returned", Body: body}
}

func main() {
	var current installation
	lines := bufio.NewScanner(os.Stdin)
	replies := json.NewEncoder(os.Stdout)
	replies.SetEscapeHTML(false)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, "no request:", err)
			os.Exit(2)
		}
		if err := replies.Encode(answer(asked, &current)); err != nil {
			os.Exit(1)
		}
	}
}
