package main

import "github.com/slack-go/slack"

var modal = slack.ModalViewRequest{
	Type:       slack.VTModal,
	CallbackID: "cb",
	Title:      slack.NewTextBlockObject(slack.PlainTextType, "T", false, false),
	Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewInputBlock("b",
			slack.NewTextBlockObject(slack.PlainTextType, "Say", false, false), nil,
			slack.NewPlainTextInputBlockElement(nil, "a")),
	}},
	Submit: slack.NewTextBlockObject(slack.PlainTextType, "Send", false, false),
}

var surfaces = []call{
	{"views.open", func(api *slack.Client) (any, error) {
		return api.OpenView("1.2", modal)
	}},
	{"views.push", func(api *slack.Client) (any, error) {
		return api.PushView("1.2", modal)
	}},
	{"views.update", func(api *slack.Client) (any, error) {
		return api.UpdateView(modal, "", "", "V1")
	}},
	{"views.publish", func(api *slack.Client) (any, error) {
		return api.PublishView("U1", slack.HomeTabViewRequest{
			Type: slack.VTHomeTab, CallbackID: "home", Blocks: modal.Blocks,
		}, "")
	}},
}
