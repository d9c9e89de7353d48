package main

import "github.com/slack-go/slack"

type page struct {
	Channels   []slack.Channel `json:"channels,omitempty"`
	Members    []string        `json:"members,omitempty"`
	Messages   []slack.Message `json:"messages,omitempty"`
	NextCursor string          `json:"next_cursor"`
}

var conversations = []call{
	{"conversations.archive", func(api *slack.Client) (any, error) {
		return nil, api.ArchiveConversation("C1")
	}},
	{"conversations.unarchive", func(api *slack.Client) (any, error) {
		return nil, api.UnArchiveConversation("C1")
	}},
	{"conversations.close", func(api *slack.Client) (any, error) {
		_, _, err := api.CloseConversation("D1")
		return nil, err
	}},
	{"conversations.create", func(api *slack.Client) (any, error) {
		return api.CreateConversation(slack.CreateConversationParams{ChannelName: "general"})
	}},
	{"conversations.history", func(api *slack.Client) (any, error) {
		return api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C1", Limit: 10})
	}},
	{"conversations.info", func(api *slack.Client) (any, error) {
		return api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: "C7", IncludeNumMembers: true})
	}},
	{"conversations.invite", func(api *slack.Client) (any, error) {
		return api.InviteUsersToConversation("C1", "U1", "U2")
	}},
	{"conversations.join", func(api *slack.Client) (any, error) {
		channel, _, _, err := api.JoinConversation("C1")
		return channel, err
	}},
	{"conversations.kick", func(api *slack.Client) (any, error) {
		return nil, api.KickUserFromConversation("C1", "U1")
	}},
	{"conversations.leave", func(api *slack.Client) (any, error) {
		_, err := api.LeaveConversation("C1")
		return nil, err
	}},
	{"conversations.list", func(api *slack.Client) (any, error) {
		channels, cursor, err := api.GetConversations(&slack.GetConversationsParameters{
			Types: []string{"public_channel", "private_channel"}, Limit: 100, ExcludeArchived: true,
		})
		return page{Channels: channels, NextCursor: cursor}, err
	}},
	{"conversations.mark", func(api *slack.Client) (any, error) {
		return nil, api.MarkConversation("C1", "1.000100")
	}},
	{"conversations.members", func(api *slack.Client) (any, error) {
		members, cursor, err := api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: "C1"})
		return page{Members: members, NextCursor: cursor}, err
	}},
	{"conversations.open", func(api *slack.Client) (any, error) {
		channel, _, _, err := api.OpenConversation(&slack.OpenConversationParameters{
			Users: []string{"U1", "U2"}, ReturnIM: true,
		})
		return channel, err
	}},
	{"conversations.rename", func(api *slack.Client) (any, error) {
		return api.RenameConversation("C1", "other")
	}},
	{"conversations.replies", func(api *slack.Client) (any, error) {
		messages, _, cursor, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{
			ChannelID: "C1", Timestamp: "1.000100",
		})
		return page{Messages: messages, NextCursor: cursor}, err
	}},
	{"conversations.setPurpose", func(api *slack.Client) (any, error) {
		return api.SetPurposeOfConversation("C1", "P")
	}},
	{"conversations.setTopic", func(api *slack.Client) (any, error) {
		return api.SetTopicOfConversation("C1", "T")
	}},
	{"users.conversations", func(api *slack.Client) (any, error) {
		channels, cursor, err := api.GetConversationsForUser(&slack.GetConversationsForUserParameters{Limit: 10})
		return page{Channels: channels, NextCursor: cursor}, err
	}},
}
