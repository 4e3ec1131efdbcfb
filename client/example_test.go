package client_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/sirenbase/sirenbase/client"
)

func Example() {
	url, stop := serve() // any SirenBase server
	defer stop()
	ctx := context.Background()
	c, err := client.New(url)
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := c.Login(ctx, "ADMIN001", "1234"); err != nil {
		fmt.Println(err)
		return
	}

	// Without a code of its own a thing gets one, to be written on it.
	added, err := c.AddItemWithResponse(ctx, client.TrackingNewItem{
		Name: "Oat Cups", Category: "cups", Code: new("9021"),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("added", added.JSON201.Item.Name, "by", added.JSON201.Item.AddedByName)

	// What the server refuses is an *Error.
	_, err = c.RemoveItemWithResponse(ctx, "0000")
	if refusal, ok := errors.AsType[*client.Error](err); ok {
		fmt.Println("refused with", refusal.Status, refusal.Sentence)
	}

	found, err := c.ListItemsWithResponse(ctx, &client.ListItemsParams{Q: new("oat"), Limit: new(20)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, item := range found.JSON200.Items {
		fmt.Println(item.Code, item.Name)
	}

	// Output:
	// added Oat Cups by Avery Stone
	// refused with 404 Item not found
	// 9021 Oat Cups
}
