package main

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/slack-go/slack"
)

// authorizeURL is what slack-go leaves to its user.
func authorizeURL(page string, of arguments, more url.Values) string {
	query := url.Values{
		"client_id":    {of.ClientID},
		"redirect_uri": {of.RedirectURI},
	}
	for name, value := range map[string]string{"scope": of.Scope, "user_scope": of.UserScope} {
		if value != "" {
			query.Set(name, value)
		}
	}
	for name, values := range more {
		query[name] = values
	}
	return page + "?" + query.Encode()
}

// A slackInstallation is one with granular scopes.
type slackInstallation struct {
	baseURL  string
	app      arguments
	verifier string
	last     *slack.OAuthV2Response
}

func newSlackInstallation(baseURL string, app arguments, isPublic bool) (*slackInstallation, error) {
	made := &slackInstallation{baseURL: baseURL, app: app}
	if !isPublic {
		return made, nil
	}
	var err error
	made.app.ClientSecret = ""
	made.verifier, err = slack.GenerateCodeVerifier()
	return made, err
}

func (i *slackInstallation) options() []slack.OAuthOption {
	options := []slack.OAuthOption{slack.OAuthOptionAPIURL(i.baseURL + "/api/")}
	if i.verifier != "" {
		options = append(options, slack.OAuthOptionCodeVerifier(i.verifier))
	}
	return options
}

func (i *slackInstallation) authorizeURL(state string) string {
	more := url.Values{"state": {state}}
	if i.verifier != "" {
		more.Set("code_challenge", slack.GenerateCodeChallenge(i.verifier))
		more.Set("code_challenge_method", "S256")
	}
	return authorizeURL(i.baseURL+"/oauth/v2/authorize", i.app, more)
}

func (i *slackInstallation) exchange(code string) (any, error) {
	reply, err := slack.GetOAuthV2Response(http.DefaultClient, i.app.ClientID, i.app.ClientSecret, code,
		i.app.RedirectURI, i.options()...)
	i.last = reply
	return reply, err
}

func (i *slackInstallation) refresh() (any, error) {
	token := i.last.RefreshToken
	if token == "" {
		token = i.last.AuthedUser.RefreshToken
	}
	return slack.RefreshOAuthV2Token(http.DefaultClient, i.app.ClientID, i.app.ClientSecret, token, i.options()...)
}

// A classicInstallation is one of an app from before granular scopes.
type classicInstallation struct {
	baseURL string
	app     arguments
}

func (i *classicInstallation) authorizeURL(state string) string {
	return authorizeURL(i.baseURL+"/oauth/authorize", i.app, url.Values{"state": {state}})
}

func (i *classicInstallation) exchange(code string) (any, error) {
	return slack.GetOAuthResponse(http.DefaultClient, i.app.ClientID, i.app.ClientSecret, code, i.app.RedirectURI,
		slack.OAuthOptionAPIURL(i.baseURL+"/api/"))
}

func (i *classicInstallation) refresh() (any, error) {
	return nil, errors.New("classic tokens do not rotate")
}

// A signIn is "Sign in with Slack".
type signIn struct {
	baseURL   string
	arguments arguments
}

func (s *signIn) authorizeURL(state string) string {
	return authorizeURL(s.baseURL+"/openid/connect/authorize", s.arguments,
		url.Values{"state": {state}, "response_type": {"code"}})
}

// exchange tells of the person too.
func (s *signIn) exchange(code string) (any, error) {
	token, err := slack.GetOpenIDConnectToken(http.DefaultClient, s.arguments.ClientID, s.arguments.ClientSecret,
		code, s.arguments.RedirectURI, slack.OAuthOptionAPIURL(s.baseURL+"/api/"))
	if err != nil {
		return nil, err
	}
	person, err := slack.New(token.AccessToken, slack.OptionAPIURL(s.baseURL+"/api/")).GetOpenIDConnectUserInfo()
	return map[string]any{"token": token, "person": person}, err
}

func (s *signIn) refresh() (any, error) {
	return nil, errors.New("slack-go has no refresh of a sign-in")
}
