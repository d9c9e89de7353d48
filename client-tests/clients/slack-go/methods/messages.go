package main

import "github.com/slack-go/slack"

type posted struct {
	Channel string `json:"channel,omitempty"`
	TS      string `json:"ts,omitempty"`
	Text    string `json:"text,omitempty"`
}

var blocks = slack.MsgOptionBlocks(
	slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "hi", false, false), nil, nil),
)

var messages = []call{
	{"chat.postMessage", func(api *slack.Client) (any, error) {
		channel, ts, message, err := api.PostMessageWithResponse("C1", slack.MsgOptionText("hi", false), blocks)
		return posted{channel, ts, message.Text}, err
	}},
	{"chat.meMessage", func(api *slack.Client) (any, error) {
		channel, ts, err := api.PostMessage("C1", slack.MsgOptionText("hi", false), slack.MsgOptionMeMessage())
		return posted{Channel: channel, TS: ts}, err
	}},
	{"chat.postEphemeral", func(api *slack.Client) (any, error) {
		ts, err := api.PostEphemeral("C1", "U1", slack.MsgOptionText("hi", false))
		return posted{TS: ts}, err
	}},
	{"chat.update", func(api *slack.Client) (any, error) {
		channel, ts, text, err := api.UpdateMessage("C1", "1.000100", slack.MsgOptionText("new", false))
		return posted{channel, ts, text}, err
	}},
	{"chat.delete", func(api *slack.Client) (any, error) {
		channel, ts, err := api.DeleteMessage("C1", "1.000100")
		return posted{Channel: channel, TS: ts}, err
	}},
	{"chat.scheduleMessage", func(api *slack.Client) (any, error) {
		channel, id, err := api.ScheduleMessage("C1", "1900000000", slack.MsgOptionText("hi", false))
		return posted{Channel: channel, TS: id}, err
	}},
	{"chat.scheduledMessages.list", func(api *slack.Client) (any, error) {
		scheduled, cursor, err := api.GetScheduledMessages(&slack.GetScheduledMessagesParameters{Channel: "C1"})
		return struct {
			Scheduled  []slack.ScheduledMessage `json:"scheduled_messages"`
			NextCursor string                   `json:"next_cursor"`
		}{scheduled, cursor}, err
	}},
	{"chat.deleteScheduledMessage", func(api *slack.Client) (any, error) {
		return api.DeleteScheduledMessage(&slack.DeleteScheduledMessageParameters{
			Channel: "C1", ScheduledMessageID: "Q1",
		})
	}},
	{"chat.getPermalink", func(api *slack.Client) (any, error) {
		return api.GetPermalink(&slack.PermalinkParameters{Channel: "C1", Ts: "1.000100"})
	}},
}
