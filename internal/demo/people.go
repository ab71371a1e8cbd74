package demo

// land is where customers live, and what they are called there.
type land struct {
	country, locale string
	weight          int
	given, family   []string
}

var lands = []land{
	{"DE", "de-DE", 34, []string{"Anna", "Jonas", "Lena", "Felix", "Marie", "Paul", "Clara", "Emil"},
		[]string{"Schmidt", "Weber", "Becker", "Hoffmann", "Richter", "Klein", "Vogel", "Brandt"}},
	{"AT", "de-AT", 10, []string{"Johanna", "Lukas", "Sophie", "Tobias", "Elisabeth", "Matthias"},
		[]string{"Gruber", "Huber", "Steiner", "Moser", "Leitner", "Eder"}},
	{"FR", "fr-FR", 16, []string{"Camille", "Hugo", "Manon", "Louis", "Chloé", "Gabriel", "Inès"},
		[]string{"Martin", "Bernard", "Moreau", "Lefèvre", "Girard", "Rousseau"}},
	{"NL", "nl-NL", 12, []string{"Sanne", "Daan", "Fleur", "Bram", "Lotte", "Sem"},
		[]string{"de Vries", "Jansen", "Bakker", "Visser", "Smit", "Mulder"}},
	{"IT", "it-IT", 10, []string{"Giulia", "Marco", "Chiara", "Luca", "Elena", "Matteo"},
		[]string{"Rossi", "Ferrari", "Bianchi", "Romano", "Greco", "Conti"}},
	{"ES", "es-ES", 8, []string{"Lucía", "Hugo", "Carmen", "Pablo", "Elena", "Diego"},
		[]string{"García", "López", "Martín", "Navarro", "Ortega", "Vidal"}},
	{"IE", "en-IE", 10, []string{"Aoife", "Conor", "Niamh", "Liam", "Ciara", "Sean"},
		[]string{"Murphy", "Kelly", "Byrne", "Walsh", "Doyle", "Nolan"}},
}

var trades = []string{"Café", "Hotel", "Bistro", "Studio", "Bakery", "Atelier"}

// origin is what brings customers, and what that costs at most, in hundredths.
type origin struct {
	source, campaign string
	cost             int64
	weight           int
}

var origins = []origin{
	{"search", "", 480, 36}, {"social", "morning-cup", 720, 18}, {"referral", "", 0, 16},
	{"newsletter", "taste-of-the-month", 210, 12}, {"store", "", 0, 10}, {"fair", "coffee-days", 1500, 8},
}
