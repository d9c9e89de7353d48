package main

import (
	"context"
	"time"

	"golang.org/x/oauth2"
)

// A plainInstallation is one by golang.org/x/oauth2, for a person's token. It
// knows nothing of Slack but its two addresses.
type plainInstallation struct {
	config   oauth2.Config
	verifier string
	token    *oauth2.Token
}

func newPlainInstallation(baseURL string, of arguments, isPublic bool) *plainInstallation {
	made := &plainInstallation{config: oauth2.Config{
		ClientID:     of.ClientID,
		ClientSecret: of.ClientSecret,
		RedirectURL:  of.RedirectURI,
		Scopes:       []string{of.UserScope},
		Endpoint: oauth2.Endpoint{
			AuthURL:   baseURL + "/oauth/v2_user/authorize",
			TokenURL:  baseURL + "/api/oauth.v2.user.access",
			AuthStyle: oauth2.AuthStyleInParams,
		},
	}}
	if isPublic {
		made.config.ClientSecret = ""
		made.verifier = oauth2.GenerateVerifier()
	}
	return made
}

func (i *plainInstallation) authorizeURL(state string) string {
	if i.verifier == "" {
		return i.config.AuthCodeURL(state)
	}
	return i.config.AuthCodeURL(state, oauth2.S256ChallengeOption(i.verifier))
}

func (i *plainInstallation) exchange(code string) (any, error) {
	var options []oauth2.AuthCodeOption
	if i.verifier != "" {
		options = append(options, oauth2.VerifierOption(i.verifier))
	}
	var err error
	i.token, err = i.config.Exchange(context.Background(), code, options...)
	return i.token, err
}

// refresh lets twelve hours go by for the token source, which has no clock that
// could be moved.
func (i *plainInstallation) refresh() (any, error) {
	old := *i.token
	old.Expiry = time.Now().Add(-time.Second)
	return i.config.TokenSource(context.Background(), &old).Token()
}
