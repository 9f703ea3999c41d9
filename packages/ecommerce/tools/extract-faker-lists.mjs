// Writes data/names.json: first names and surnames per language region, the common ones first. Run it again only to
// change the lists: other lists are other rows, and so another version of the generator.
//
//   node packages/ecommerce/tools/extract-faker-lists.mjs
//
// The lists are those of @faker-js/faker 10.6.0 (MIT, see data/LICENSE-faker.txt). The names below are the widespread
// ones of each region, from general knowledge of its name statistics. They go first; the rest of a list follows in an
// order without meaning, because faker's alphabet would fill the shop with people called Abel and Accurso.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allLocales } from '@faker-js/faker';

const VERSION = '10.6.0';

const COMMON = {
  de: {
    female:
      'Anna Sabine Julia Susanne Petra Katharina Andrea Stefanie Laura Claudia Sarah Nicole Martina Lisa Christine Monika Birgit Lena Sandra Karin Heike Marie Melanie Emma Johanna Sophie Angelika Gabriele Silke Mia Daniela Hannah Kerstin Barbara Leonie Tanja Ute Jana Simone Franziska',
    male: 'Michael Thomas Andreas Peter Stefan Christian Daniel Markus Alexander Martin Matthias Wolfgang Jan Tobias Florian Frank Sebastian Klaus Jürgen Lukas Felix Paul Jonas Philipp Bernd Uwe Maximilian Ralf David Tim Jens Sven Dirk Benjamin Leon Simon Patrick Fabian Oliver Jörg',
    last: 'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert',
  },
  at: {
    last: 'Gruber Huber Bauer Wagner Müller Pichler Steiner Moser Mayer Hofer Leitner Berger Fuchs Eder Fischer Schmid Winkler Weber Schwarz Maier Schneider Reiter Mayr Schmidt Wimmer Egger Brunner Lang Baumgartner Auer Binder Lechner Wolf Wallner Aigner Ebner Koller Lehner Haas Schuster',
  },
  de_CH: {
    female:
      'Anna Sandra Maria Ursula Monika Nicole Claudia Barbara Daniela Andrea Laura Sarah Karin Elisabeth Ruth Esther Brigitte Silvia Lea Nina Julia Simone Petra Manuela Christine Mia Emma Lara Corinne Jasmin',
    male: 'Daniel Thomas Peter Martin Michael Andreas Marco Christian Markus Hans Stefan David Patrick Simon Lukas Urs Beat Reto Roland René Bruno Jan Luca Noah Fabian Roger Pascal Marcel Rolf Jonas',
    last: 'Müller Meier Schmid Keller Weber Schneider Huber Meyer Steiner Fischer Gerber Brunner Baumann Frei Zimmermann Moser Widmer Wyss Graf Roth Baumgartner Suter Bachmann Kunz Bühler Kaufmann Hofer Frey Lehmann Christen',
  },
  fr: {
    female:
      'Marie Nathalie Isabelle Sylvie Catherine Camille Françoise Céline Sandrine Christine Julie Léa Manon Emma Chloé Sophie Valérie Stéphanie Véronique Anne Laura Aurélie Caroline Émilie Patricia Brigitte Pauline Sarah Hélène Claire Virginie Martine Laetitia Mathilde Marion Lucie Charlotte Louise Jade Inès',
    male: 'Jean Pierre Michel Nicolas Philippe Thomas Christophe Alexandre Julien Frédéric Laurent David Patrick Sébastien Éric Stéphane Antoine Maxime Olivier Pascal François Lucas Hugo Louis Guillaume Vincent Alain Mathieu Romain Thierry Gabriel Benjamin Jérôme Arthur Jules Adrien Bruno Cédric Paul Raphaël',
    last: 'Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Müller Lefèvre Faure Andre Mercier Blanc Guerin Boyer Garnier Chevalier Francois Legrand Gauthier Garcia',
  },
  fr_BE: {
    female:
      'Marie Nathalie Isabelle Catherine Anne Julie Sophie Camille Laura Christine Emma Céline Stéphanie Sarah Léa Valérie Pauline Lucie Charlotte Manon',
    male: 'Jean Philippe Nicolas Thomas Michel Marc Pierre Olivier David Maxime Antoine Luc Louis Laurent Alexandre Simon Arthur Vincent Benoît Julien',
    last: 'Dubois Lambert Dupont Martin Simon Leclercq Laurent Denis Lejeune Leroy Renard Dumont François Michel Gérard Thomas Charlier Henry Lambrecht Petit Noël Mathieu Wauters Toussaint Carlier Adam Marchal Evrard Collard Goffin',
  },
  fr_CH: {
    female:
      'Marie Anne Nathalie Isabelle Catherine Laura Sarah Christine Sophie Emma Julie Léa Chloé Céline Patricia Camille Stéphanie Véronique Claire Valérie',
    male: 'Daniel Michel Philippe David Nicolas Pierre Olivier Christian Laurent Patrick Alain Jean Thomas Antoine Luca Gabriel Julien Alexandre Marc Pascal',
    last: 'Favre Rochat Bonvin Martin Rey Blanc Girard Aubert Jaquet Perret Müller Bovet Dubois Monnier Maillard Roulin Pittet Chevalley Berset Guex',
  },
  es: {
    female:
      'María Carmen Ana Isabel Laura Cristina Marta Lucía Pilar Elena Paula Sara Raquel Rosa Teresa Beatriz Nuria Silvia Julia Patricia Irene Andrea Rocío Mónica Alba Mercedes Sofía Alicia Claudia Sonia Susana Marina Natalia Margarita Inés Verónica Carla Daniela Eva Olga',
    male: 'Antonio José Manuel Francisco David Juan Javier Daniel Carlos Jesús Alejandro Miguel Rafael Pedro Pablo Ángel Sergio Fernando Jorge Luis Alberto Álvaro Adrián Diego Raúl Iván Rubén Enrique Óscar Ramón Vicente Andrés Joaquín Víctor Mario Eduardo Roberto Jaime Marcos Hugo',
    last: 'García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Hernández Ruiz Díaz Moreno Muñoz Álvarez Romero Gutiérrez Alonso Navarro Torres Domínguez Ramos Vázquez Ramírez Gil Serrano Morales Molina Blanco Suárez Castro Ortega Delgado Ortiz Marín Rubio Núñez Medina Sanz Castillo Iglesias Cortés Garrido Santos Guerrero Lozano Cano Cruz',
  },
  it: {
    female:
      'Maria Anna Giulia Francesca Sara Laura Elena Chiara Giovanna Rosa Valentina Silvia Paola Alessia Martina Federica Elisa Simona Cristina Barbara Lucia Daniela Monica Roberta Angela Teresa Claudia Alice Sofia Aurora Giorgia Ilaria Patrizia Stefania Caterina Marta Beatrice Camilla Serena Arianna',
    male: 'Giuseppe Marco Andrea Francesco Antonio Alessandro Luca Giovanni Roberto Stefano Mario Paolo Matteo Davide Lorenzo Salvatore Luigi Angelo Simone Vincenzo Domenico Fabio Daniele Claudio Giorgio Federico Riccardo Massimo Leonardo Pietro Carlo Nicola Alberto Enrico Filippo Michele Emanuele Gabriele Tommaso Maurizio',
    last: 'Rossi Ferrari Russo Bianchi Romano Gallo Costa Fontana Conti Esposito Ricci Bruno Rizzo Moretti Marino Greco Barbieri Lombardi Giordano Rinaldi Colombo Mancini Longo Leone Martinelli Marchetti Martini Galli Gatti Mariani Ferrara Santoro Marini Bianco Conte Serra Farina Villa Caruso Ferri Ferraro Pellegrini Grassi Sala Monti Parisi Caputo Fabbri Testa Vitale',
  },
  pl: {
    female:
      'Anna Katarzyna Maria Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Magdalena Joanna Zofia Aleksandra Monika Teresa Julia Natalia Karolina Danuta Marta Dorota Zuzanna Hanna Jadwiga Janina Halina Beata Alicja Irena Grażyna Iwona Paulina Justyna Patrycja Wiktoria Oliwia Weronika Renata Bożena Maja',
    male: 'Piotr Krzysztof Tomasz Paweł Andrzej Michał Jan Jakub Marcin Adam Stanisław Marek Łukasz Grzegorz Mateusz Wojciech Mariusz Dariusz Kamil Maciej Zbigniew Rafał Robert Jerzy Dawid Szymon Jacek Kacper Ryszard Tadeusz Bartosz Filip Artur Sebastian Sławomir Przemysław Antoni Patryk Damian Roman',
    last: 'Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Mazur Jankowski Kwiatkowski Wojciechowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Król Michalski Wróbel Wieczorek Jabłoński Nowakowski Majewski Olszewski Dudek Stępień Jaworski Malinowski Adamczyk Pawlak Górski Nowicki Sikora Witkowski Rutkowski Walczak Baran Michalak Szewczyk Ostrowski Tomaszewski Zalewski Wróblewski Pietrzak',
  },
  nl: {
    female:
      'Maria Anna Johanna Sophie Julia Emma Lisa Sanne Anne Eva Lotte Femke Laura Fleur Ingrid Monique Marieke Esther Iris Linda Petra Tess Roos Sara Saskia Marloes Kim Wilma Mieke Yvonne Karin Isa Floor Noor Maud Ilse Inge Annemarie Judith Charlotte',
    male: 'Jan Johannes Peter Daan Sem Thomas Tim Kees Hendrik Willem Pieter Mark Jeroen Martijn Bas Rob Erik Lars Luuk Jesse Marco Dennis Frank Sander Maarten Bram Ruben Henk Gerrit Paul Niels Joost Thijs Stijn Jasper Sven Koen Wouter Bart Rik',
    last: 'de Jong|Jansen|de Vries|van den Berg|van Dijk|Bakker|Janssen|Visser|Smit|Meijer|de Boer|Mulder|de Groot|Bos|Vos|Peters|Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits|de Graaf|van der Meer|Kok|Jacobs|van der Linden|de Haan|Vermeulen|van den Heuvel|van der Veen|van den Broek|de Bruijn|de Bruin|Schouten|van Beek|Willems|van Vliet|Hoekstra|Maas|Verhoeven|Koster|van Dam|Prins|Blom|Huisman|Peeters|de Jonge|Kuipers',
  },
  nl_BE: {
    female:
      'Maria Sofie An Els Emma Lotte Marie Nele Elke Laura Julie Sarah Kim Evelien Charlotte Louise Tine Hilde Greet Inge Lien Eline Nathalie Katrien Ann Liesbeth Karen Amber Hanne Leen',
    male: 'Jan Tom Marc Bart Wim Koen Peter Dirk Luc Kristof Pieter Lucas Arthur Thomas Kevin Jeroen Stijn Steven Filip Geert Johan Bram Wout Jens Robbe Senne Maarten Joris Sander Tim',
    last: 'Peeters|Janssens|Maes|Jacobs|Mertens|Willems|Claes|Goossens|Wouters|De Smet|Vermeulen|Pauwels|Hermans|Michiels|Aerts|De Clercq|Martens|Van Damme|Smets|Segers|Van de Velde|Lambrechts|Stevens|Cools|De Backer|Bogaerts|De Vos|Verhoeven|Claeys|Desmet|Baert|Coppens|Thijs|De Meyer|Lenaerts|Van den Broeck|Hendrickx|De Wilde|Wauters|Verbeke',
  },
  sv: {
    female:
      'Anna Eva Maria Karin Kristina Lena Sara Emma Kerstin Marie Malin Hanna Jenny Ingrid Linda Elin Birgitta Annika Johanna Susanne Ida Inger Sofia Ulla Julia Alice Astrid Elsa Maja Wilma Ebba Lovisa Klara Linnea Amanda Frida Josefin Helena Camilla Åsa',
    male: 'Lars Anders Johan Per Erik Mikael Karl Peter Thomas Jan Daniel Fredrik Andreas Hans Mats Stefan Magnus Björn Marcus Nils Oskar Gustav William Elias Hugo Lucas Axel Alexander Liam Emil Viktor Simon Anton Mattias Jonas Henrik Patrik Ulf Göran Filip',
    last: 'Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson Olofsson Lindström Lindqvist Lindgren Berg Axelsson Bergström Lundberg Lind Lundgren Lundqvist Mattsson Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin Engström Eklund Danielsson Lundin Håkansson Björk Bergman Gunnarsson Holm Wikström Samuelsson Isaksson',
  },
};

const manifest = fileURLToPath(new URL('../package.json', import.meta.resolve('@faker-js/faker')));
const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
if (version !== VERSION) throw new Error(`Expected @faker-js/faker ${VERSION}, got ${version}.`);

const split = (names = '') => names.split(names.includes('|') ? '|' : ' ').filter((name) => name !== '');
const digest = (name) => createHash('sha256').update(name).digest('hex');
/** Common names first, then the rest of the list by their digests. */
const ordered = (common, rest) => [
  ...new Set([...split(common), ...[...rest].sort((a, b) => (digest(a) < digest(b) ? -1 : 1))]),
];

// Letters, spaces, apostrophes and hyphens; the French Belgian list has surnames of the English one in it.
const plain = (name) => /^[\p{L}][\p{L}' -]*$/u.test(name);
const english = new Set(allLocales.en.person.last_name.generic);

const regions = {};
for (const [region, common] of Object.entries(COMMON)) {
  const { person } = allLocales[region === 'at' ? 'de_AT' : region];
  const surnames = person.last_name.generic.filter(
    (name) => plain(name) && !(region === 'fr_BE' && english.has(name)),
  );
  const first = region === 'at' ? COMMON.de : common;
  regions[region] = {
    female: ordered(first.female, person.first_name.female.filter(plain)),
    male: ordered(first.male, person.first_name.male.filter(plain)),
    last: ordered(common.last, surnames),
  };
}
// Polish adjectival surnames agree with the person: Kowalski, Kowalska.
regions.pl.lastFemale = regions.pl.last.map((name) =>
  name.replace(/(?<=[scd]z?)ki$/, 'ka').replace(/(?<=[hn])y$/, 'a'),
);

const joined = Object.entries(regions).map(([region, lists]) => [
  region,
  Object.fromEntries(Object.entries(lists).map(([list, names]) => [list, names.join('|')])),
]);
const json = JSON.stringify(Object.fromEntries(joined), undefined, 2);
writeFileSync(new URL('../data/names.json', import.meta.url), `${json}\n`);
for (const [region, { female, male, last }] of Object.entries(regions)) {
  console.log(region, female.length, male.length, last.length);
}
