package main

import "github.com/slack-go/slack"

var people = []call{
	{"auth.test", func(api *slack.Client) (any, error) {
		return api.AuthTest()
	}},
	{"bots.info", func(api *slack.Client) (any, error) {
		return api.GetBotInfo(slack.GetBotInfoParameters{Bot: "B0BOT"})
	}},
	{"team.info", func(api *slack.Client) (any, error) {
		return api.GetTeamInfo()
	}},
	{"dnd.info", func(api *slack.Client) (any, error) {
		person := "U1"
		return api.GetDNDInfo(&person)
	}},
	{"users.getPresence", func(api *slack.Client) (any, error) {
		return api.GetUserPresence("U1")
	}},
	{"users.info", func(api *slack.Client) (any, error) {
		return api.GetUserInfo("U0USER")
	}},
	{"users.list", func(api *slack.Client) (any, error) {
		return api.GetUsers(slack.GetUsersOptionLimit(10))
	}},
	{"users.lookupByEmail", func(api *slack.Client) (any, error) {
		return api.GetUserByEmail("ada@example.com")
	}},
	{"users.profile.get", func(api *slack.Client) (any, error) {
		return api.GetUserProfile(&slack.GetUserProfileParameters{UserID: "U1"})
	}},
	{"users.setPresence", func(api *slack.Client) (any, error) {
		return nil, api.SetUserPresence("away")
	}},
	{"usergroups.create", func(api *slack.Client) (any, error) {
		return api.CreateUserGroup(slack.UserGroup{Name: "Team", Handle: "team"})
	}},
	{"usergroups.list", func(api *slack.Client) (any, error) {
		return api.GetUserGroups(slack.GetUserGroupsOptionIncludeUsers(true))
	}},
	{"usergroups.users.list", func(api *slack.Client) (any, error) {
		return api.GetUserGroupMembers("S1")
	}},
	{"usergroups.users.update", func(api *slack.Client) (any, error) {
		return api.UpdateUserGroupMembersList("S1", []string{"U1", "U2"})
	}},
}

// What Slack lets people alone do.
var ofPeople = []call{
	{"search.messages", func(api *slack.Client) (any, error) {
		return api.SearchMessages("mock", slack.NewSearchParameters())
	}},
	{"users.profile.set", func(api *slack.Client) (any, error) {
		return nil, api.SetUserCustomStatus("away", ":palm_tree:", 0)
	}},
}
