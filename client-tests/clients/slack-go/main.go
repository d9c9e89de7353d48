// Exchanges a token COUNT times with slack-go, which knows only slack.com.
//
// Usage: client COUNT [BASE_URL ...]. A line for each call, as ../README.md says.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"strconv"

	"github.com/slack-go/slack"
)

var form = url.Values{
	"client_id":     {"4123121235.9872358710"},
	"client_secret": {"e1b9e11dfcd19c1982d5de12921e17e8c"},
	"token":         {"xoxb-12345-67890-abcdefg"},
}

// exchange does what slack-go has no function for, with slack-go's types.
func exchange(baseURL string) (*slack.OAuthV2Response, error) {
	reply, err := http.PostForm(baseURL+"oauth.v2.exchange", form)
	if err != nil {
		return nil, err
	}
	defer reply.Body.Close()
	var response slack.OAuthV2Response
	if err := json.NewDecoder(reply.Body).Decode(&response); err != nil {
		return nil, err
	}
	return &response, response.Err()
}

func outcome(baseURL string) string {
	response, err := exchange(baseURL)
	if err == nil {
		_, err = slack.New(response.AccessToken, slack.OptionAPIURL(baseURL)).AuthTest()
	}
	var refused slack.SlackErrorResponse
	switch {
	case err == nil:
		return "ok"
	case errors.As(err, &refused):
		return "error " + refused.Err
	}
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return fmt.Sprint("raised ", reflect.TypeOf(err), " ", err)
}

func main() {
	count, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "wanted a count:", err)
		os.Exit(2)
	}
	baseURLs := os.Args[2:]
	if len(baseURLs) == 0 {
		baseURLs = []string{slack.APIURL}
	}
	for _, baseURL := range baseURLs {
		for i := 0; i < count; i++ {
			fmt.Println(outcome(baseURL))
		}
	}
}
