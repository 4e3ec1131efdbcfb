package tracking

// nameTemplates are the names that a new store is offered when it adds its
// first items, by category.
var nameTemplates = map[string][]string{
	"syrups": {
		"Vanilla Syrup", "Sugar-Free Vanilla Syrup", "Caramel Syrup", "Hazelnut Syrup", "Toffee Nut Syrup",
		"Cinnamon Syrup", "Peppermint Syrup", "Brown Sugar Syrup", "Simple Syrup",
	},
	"sauces": {
		"Mocha Sauce", "White Mocha Sauce", "Dark Caramel Sauce", "Pumpkin Sauce", "Caramel Drizzle",
		"Mocha Drizzle",
	},
	"coffee_beans": {
		"Light Roast", "House Roast", "Medium Roast", "Dark Roast", "Espresso Roast", "Decaf Espresso Roast",
		"Cold Brew Roast", "Single-Origin Roast",
	},
	"powders": {
		"Matcha Powder", "Hot Cocoa Powder", "Vanilla Bean Powder", "Chai Powder", "Frappé Base Powder",
		"Whipped Cream Powder",
	},
	"cups": {
		"Hot Cups 8 oz", "Hot Cups 12 oz", "Hot Cups 16 oz", "Hot Cups 20 oz", "Cold Cups 12 oz",
		"Cold Cups 16 oz", "Cold Cups 24 oz", "Sample Cups", "Cup Sleeves",
	},
	"lids": {
		"Hot Cup Lids", "Flat Cold Lids", "Strawless Cold Lids", "Dome Lids", "Lid Plugs",
	},
	"condiments": {
		"Sugar Packets", "Raw Sugar Packets", "Sweetener Packets", "Honey Packets", "Cinnamon Shaker",
		"Stir Sticks",
	},
	"cleaning_supplies": {
		"Espresso Machine Cleaner", "Grinder Cleaner", "Milk Line Cleaner", "Sanitizer Tablets", "Dish Soap",
		"Bar Towels", "Trash Bags",
	},
	"other": {
		"Napkins", "Straws", "Carry Trays", "Paper Bags", "Receipt Rolls", "Disposable Gloves",
	},
}
