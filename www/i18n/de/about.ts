/** Was jede Ansicht ist: ihr Name, die Frage, die sie beantwortet, eine Zeile unter ihrer Formel, und was in ihr zu sehen ist. */

import type { Words } from '../en';

export const about: Words['about'] = {
  conditionals: {
    title: 'Bedingte Dichten',
    question: 'Was denkt das Modell von der einen Variablen, wenn es die andere kennt?',
    caption: 'Die gemeinsame Dichte entlang der Linie, geteilt durch ihr Integral.',
    seen: 'Fahre über die Bühne, oder ziehe die Linie mit dem Finger. Die Kurven sind die Dichte des Ziels und des Modells entlang der Linie, jede mit Fläche 1. Wo das Ziel zwei Höcker hat, kann eine einzelne Gauß-Glocke nur über beiden liegen: Kehre die Reihenfolge um, oder wähle eine Mischung.',
  },
  ancestral: {
    title: 'Ziehen',
    question: 'Wie entsteht eine Stichprobe?',
    caption: 'Was zuerst erzeugt wird, liest das, was danach kommt.',
    seen: 'Drücke den Knopf, um eine Stichprobe nach der anderen zu sehen. Ein autoregressives Modell zieht die erste Variable aus ihrer Randdichte, dann die zweite aus der bedingten Dichte bei diesem Wert, die aufleuchtet. IAF und Kopplungen tragen einen Punkt der Basis in einem Durchlauf an seinen Platz.',
  },
  masks: {
    title: 'Masken',
    question: 'Wer darf wen lesen?',
    caption:
      'Die Zahl in einer Einheit ist ihr Grad m: Sie kennt die ersten m Variablen der Reihenfolge, mehr nicht; ein Ausgang liest nur kleinere Grade.',
    seen: 'Das Netz einer Schicht. Zeige auf einen Ausgang oder gib ihm den Fokus: Was er lesen darf, leuchtet auf, was nicht, bleibt dunkel. Kein Ausgang liest seine eigene Variable oder eine spätere, wie die Masken auch sind: Darum gibt ein Durchlauf alle bedingten Dichten. Ziehe die Karten, um die Reihenfolge zu ändern.',
  },
  layers: {
    title: 'Schichten',
    question: 'Wie wird aus einer schlichten Dichte diese?',
    caption:
      'Farbe: ln der Fläche, zu der ein kleines Quadrat gewachsen ist; Log-Determinanten addieren sich.',
    seen: 'Ein Gitter und Stichproben der Basis, Schicht um Schicht weitergetragen. Ziehe den Schieber oder spiele den Weg ab. Eine Kopplung bewegt eine Koordinate auf einmal: Der Pfeil sagt, welche durchgeht.',
  },
  base: {
    title: 'Basisraum',
    question: 'Wo landen die Daten?',
    caption: 'Gut trainiert sehen die Daten wie Ziehungen der Basis aus: Die Kreise enthalten ihren Anteil.',
    seen: 'Links die Punkte des Ziels, rechts dieselben Punkte unter der Umkehrung. Ziehe auf einer Seite ein Rechteck, um seine Punkte auf der anderen und auf der Bühne zu sehen. Lücken und Klumpen rechts sind, was das Modell nicht gelernt hat.',
  },
  modes: {
    title: 'Modi',
    question: 'Welche Modi wurden gefunden, welche verloren?',
    caption: 'Wo das Modell q keine Masse hat, sieht das Integral nichts: Ein verlorener Modus kostet wenig.',
    seen: 'Balken: die Masse jedes Modus, die des Ziels als Umriss. Ein Modus gilt mit einem Fünftel seiner Masse als gefunden. Unter der Rückwärts-KL begnügt sich ein Modell oft mit einigen von ihnen; breit begonnen oder mit Annealing behält es sie.',
  },
  temperature: {
    title: 'Temperatur',
    question: 'Was gewinnen kältere Stichproben, und was verlieren sie?',
    caption: 'Die Abweichung der Basis wird mit T multipliziert, bevor sie zu den Daten getragen wird.',
    seen: 'Dieselben Ziehungen bei vier Temperaturen, und der Tausch: Güte ist der Anteil der Stichproben, wo das Ziel Masse hat, Vielfalt ihr Abstand von der Mitte. Ziehe entlang der Kurve, um die Temperatur zu stellen.',
  },
  cost: {
    title: 'Kosten',
    question: 'Was kostet eine Dichte, was eine Stichprobe?',
    caption: 'Netzdurchläufe für einen Punkt, gezählt vom Code, der läuft.',
    seen: 'Ein autoregressives Modell weiß in der einen Richtung alles, was es braucht, und muss in der anderen Variable für Variable vorgehen: MAF ist schnell bei Dichten, IAF bei Stichproben, Kopplungen bei beidem. Miss es hier, von 2 bis 64 Variablen.',
  },
  breaking: {
    title: 'Bruchstellen',
    question: 'Wo hört es auf, eine Bijektion zu sein, und was weiß es nicht?',
    caption: 'Exakt gerechnet ist der Fehler null; wo die Abbildung fast singulär ist, ist er es nicht.',
    seen: 'Karten des Umkehrfehlers und davon, wie sehr die Umkehrung streckt; Stichproben zwischen den Modi, auf der Bühne markiert; und log p der Daten, der eigenen Stichproben des Modells und eines anderen Ziels: Er kann dort ebenso hoch sein, wo nie Daten waren.',
  },
  memory: {
    title: 'Speicher',
    question: 'Was muss sich ein Gradient merken?',
    caption: 'Die Eingabe jeder Schicht lässt sich aus ihrer Ausgabe berechnen, muss also nicht bleiben.',
    seen: 'Bytes der Aktivierungen, die ein Gradient hält, gemessen am Modell auf der Bühne bei wachsender Tiefe: Aufgehoben wachsen sie mit ihr; durch die Umkehrung neu berechnet nicht. Der Preis ist ein Durchlauf mehr, und ein Fehler, wo die Umkehrung nicht exakt ist.',
  },
  ensemble: {
    title: 'Viele Startwerte',
    question: 'War es Glück?',
    caption:
      'L(s): Modi, die Startwert s verloren hat. Ein Lauf ist eine Anekdote: Es zählt, wie viele von S Startwerten ebenso enden.',
    seen: 'Das Modell auf der Bühne, aus vielen Startwerten zugleich trainiert; jedes kleine Bild ist eines davon, sein Rahmen nach seiner KL gefärbt. Darunter, wie viele Startwerte wie viele Modi verloren haben, unter jeder Bedingung. Drücke ein Bild, um diesen Startwert auf die Bühne zu stellen.',
  },
};
