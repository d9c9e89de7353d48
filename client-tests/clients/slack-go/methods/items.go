package main

import "github.com/slack-go/slack"

var message = slack.NewRefToMessage("C1", "1.000100")

var items = []call{
	{"reactions.add", func(api *slack.Client) (any, error) {
		return nil, api.AddReaction("thumbsup", message)
	}},
	{"reactions.get", func(api *slack.Client) (any, error) {
		return api.GetReactions(message, slack.GetReactionsParameters{Full: true})
	}},
	{"reactions.list", func(api *slack.Client) (any, error) {
		reacted, _, err := api.ListReactions(slack.ListReactionsParameters{User: "U1"})
		return reacted, err
	}},
	{"reactions.remove", func(api *slack.Client) (any, error) {
		return nil, api.RemoveReaction("thumbsup", message)
	}},
	{"pins.add", func(api *slack.Client) (any, error) {
		return nil, api.AddPin("C1", message)
	}},
	{"pins.list", func(api *slack.Client) (any, error) {
		pinned, _, err := api.ListPins("C1")
		return pinned, err
	}},
	{"pins.remove", func(api *slack.Client) (any, error) {
		return nil, api.RemovePin("C1", message)
	}},
	{"bookmarks.add", func(api *slack.Client) (any, error) {
		return api.AddBookmark("C1", slack.AddBookmarkParameters{Title: "T", Type: "link", Link: "https://e.org"})
	}},
	{"bookmarks.edit", func(api *slack.Client) (any, error) {
		title := "T"
		return api.EditBookmark("C1", "Bk1", slack.EditBookmarkParameters{Title: &title})
	}},
	{"bookmarks.list", func(api *slack.Client) (any, error) {
		return api.ListBookmarks("C1")
	}},
	{"bookmarks.remove", func(api *slack.Client) (any, error) {
		return nil, api.RemoveBookmark("C1", "Bk1")
	}},
	// Asks for a place, sends the bytes there, and completes the upload.
	{"files.completeUploadExternal", func(api *slack.Client) (any, error) {
		return api.UploadFile(slack.UploadFileParameters{
			Content: "abc", FileSize: 3, Filename: "a.txt", Title: "A", Channel: "C1",
		})
	}},
	{"files.info", func(api *slack.Client) (any, error) {
		file, _, _, err := api.GetFileInfo("F1", 10, 1)
		return file, err
	}},
	{"files.list", func(api *slack.Client) (any, error) {
		files, _, err := api.ListFiles(slack.ListFilesParameters{Limit: 5})
		return files, err
	}},
	{"files.delete", func(api *slack.Client) (any, error) {
		return nil, api.DeleteFile("F1")
	}},
	{"emoji.list", func(api *slack.Client) (any, error) {
		return api.GetEmoji()
	}},
}
