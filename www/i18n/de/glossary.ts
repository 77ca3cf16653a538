/** Was die Begriffe des Fachs bedeuten, in ein oder zwei Sätzen. */

import type { Words } from '../en';

export const glossary: Words['glossary'] = {
  kl: 'Um wie viel schlechter das Modell das Ziel erklärt als das Ziel sich selbst: das Mittel von log p(x) − log q(x) über Punkte x des Ziels, in nats. 0 heißt, dass beide dieselbe Dichte sind. Sie ist der Abstand zwischen Test-NLL und Entropie.',
  nll: 'Negative Log-Likelihood: das Mittel von −log q(x) über frische Punkte, mit denen nie trainiert wurde, in nats. Kleiner ist besser; kein Modell kommt unter die Entropie H.',
  entropy:
    'Das Mittel von −log p(x) des Ziels selbst, in nats: die NLL eines vollkommenen Modells. Sie kann negativ sein, denn eine Dichte kann größer als 1 sein.',
  ordering:
    'Die Kettenregel schreibt jede Dichte als p(x1) p(x2 | x1) oder als p(x2) p(x1 | x2). Beides ist exakt, aber ein Modell mit einfachen bedingten Dichten passt vielleicht zu der einen und nicht zu der anderen: Die Reihenfolge ist eine Wahl.',
  temperature:
    'T multipliziert die Standardabweichung der Basisverteilung. Unter 1 kommen die Stichproben aus der Mitte der Basis: sicherer, weniger vielfältig. Über 1 reichen sie weiter hinaus. Bei 0 sind alle ein Punkt: das Bild der Mitte der Basis, bei einer Mischung oder Student-t-Dichte als Bedingter ihr Median. Eine Mischung als Basis behält ihre Mittelwerte, dort ist es ein Punkt je Komponente.',
  layers:
    'Bijektionen, eine nach der anderen angewandt. Jede biegt die Ebene ein wenig; ihre Log-Determinanten addieren sich.',
  hidden:
    'Die Größe des Conditioners: des Netzes, das aus den Variablen, die es lesen darf, berechnet, wie jede Variable verschoben und skaliert wird.',
  policy:
    'Mit einer Reihenfolge in allen Schichten hängt die erste Variable nie von der anderen ab. Abwechselnd kann jede Variable von jeder abhängen; eine zufällige Reihenfolge wird für jede Schicht neu gezogen.',
  mass: 'Jede Linie umschließt den kleinsten Bereich, der 50, 80 oder 95 % der Masse enthält: durchgezogen für das Modell, gestrichelt für das Ziel.',
  schedule:
    'Kosinus: Die Lernrate fällt entlang eines halben Kosinus auf 0, und der Lauf endet; ein neuer Start beginnt den nächsten Zyklus. Konstant: Sie bleibt, und das Training geht weiter, bis du es anhältst.',
  activations:
    'Was die Schichten auf dem Hinweg berechnet haben, braucht der Gradient. Gespeichert wächst der Speicher mit der Tiefe; durch die Umkehrung neu berechnet nicht, für etwa einen Durchlauf mehr.',
  clip: 'Ein längerer Gradient wird auf diese Länge gekürzt, damit ein einzelner seltsamer Batch die Parameter nicht weit wegwirft.',
  sample:
    'Immer neue: Jeder Batch wird neu gezogen, kein Punkt kommt zweimal vor. Eine Zahl: So viele Punkte, die auf der Bühne, sind alles, was das Modell je sieht, wie bei Daten; es kann sie auswendig lernen. Ebenso viele andere, die Validierungspunkte, sagen, wie gut es bei Punkten ist, die es nicht gesehen hat.',
  earlyStopping:
    'Gezeigt, gemessen und gespeichert werden die Parameter des Schritts, dessen NLL auf den Validierungspunkten bisher am kleinsten war; 1000 Schritte danach endet das Training.',
  jitter:
    'Jedes Mal, wenn ein Punkt zum Trainieren dran ist, kommt normalverteiltes Rauschen dazu: als wären die Punkte kleine Wolken. Nadeln auf einzelnen Punkten kosten das Modell dann etwas.',
  dequantisation:
    'Eine Spalte mit wenigen Werten, etwa ganzen Minuten, hat Wahrscheinlichkeiten und keine Dichte: Ein Modell setzt Nadeln auf die Werte, und seine NLL fällt ohne Ende. Darum kommt jedes Mal, wenn eine Zeile zum Trainieren dran ist, gleichverteiltes Rauschen auf solche Spalten. Ist es so breit wie der Schritt zwischen den Werten, füllt es ihn, und die Dichte dort ist wieder eine Wahrscheinlichkeit.',
  bits: 'Was eine Zeile diskreter Werte je Spalte kostet: (NLL − Summe der ln Schritt) / (D ln 2), wo das Rauschen den ganzen Schritt jeder Spalte füllt. Es ist eine obere Schranke für das Mittel von −log2 P(x) / D der Wahrscheinlichkeiten, die das Modell den Zeilen gibt (Theis, van den Oord und Bethge 2016), und darum nie unter ihrer Entropie.',
  weightDecay:
    'Jeder Schritt nimmt auch jedem Parameter einen kleinen Teil (AdamW), sodass nur die groß bleiben, die es immer wieder verdienen: ein glatteres Modell.',
  average:
    'Jeder Schritt springt um einen guten Ort herum. Gezeigt, gemessen, gezogen und gespeichert wird ein Mittel der Parameter über die letzten Schritte, das ihm näher liegt und nicht zittert; das Training geht von den letzten selbst weiter.',
  conditional:
    'Die Form von p(x2 | x1) für jeden Wert von x1. Eine Gauß-Glocke hat einen Höcker, wo immer sie steht; eine Mischung kann mehrere haben; Laplace und Student-t haben schwerere Ränder.',
  agnostic:
    'Jeder Batch wird in einer zufälligen Reihenfolge der Variablen trainiert, mit denselben Gewichten; die Dichte ist das Mittel über alle Reihenfolgen.',
  bins: 'Jede Variable wird von einer Kurve aus so vielen rational-quadratischen Stücken gebogen. Mehr Stücke, mehr Höcker.',
  batchNorm:
    'Zwischen den Schichten wird jede Variable um Mittel und Abweichung des Batches selbst verschoben und skaliert; beim Auswerten um deren laufende Mittel, damit die Dichte eine Dichte ist.',
  reads:
    'Liest er die Daten (MAF), kostet die Dichte einen Durchlauf und eine Stichprobe D Durchläufe; liest er die Basis (IAF), ist es umgekehrt.',
  base: 'Was der Flow zu den Daten biegt. Eine Normalverteilung aus einem Stück lässt Fäden zwischen den Modi; eine Mischung mit gelernten Mitten ist schon in Stücken; eine Student-t hat schwere Ränder.',
  objective:
    'Die Vorwärts-KL lernt aus den Punkten des Ziels und muss alle abdecken. Die Rückwärts-KL zieht aus dem Modell und fragt nach der Log-Dichte des Ziels: Ihr genügen ein, zwei Modi.',
  start:
    'Wie breit das Modell beginnt, in der Abweichung des Ziels selbst. Ein enger Anfang findet die Modi nahe der Mitte und bleibt dort.',
  annealing:
    'Das Ziel wird erst in eine kleine Potenz erhoben, was seine Modi verbindet, dann langsam in die erste: Das Modell breitet sich aus, bevor sich die Modi trennen.',
  path: '„Sticking the landing“: lässt einen Teil des Gradienten weg, der im Mittel null ist, sodass sein Rauschen verschwindet, wenn das Modell das Ziel erreicht.',
  elbo: 'Evidence lower bound, untere Schranke der Evidenz: das Mittel von log p(x) − log q(x) über Ziehungen x des Modells, mit p bis auf seine Konstante Z. Sie kann ln Z nicht übersteigen.',
  reverse:
    'KL(q‖p) = ln Z − ELBO: wie sehr die Ziehungen des Modells das Ziel überraschen. Modi, die das Modell nie besucht, sieht sie nicht.',
  ess: 'Wie viele gleich gute Ziehungen die gewichteten wert sind, als Anteil. Er kann nahe 100 % sein, obwohl Modi fehlen: Er sieht nur, was das Modell besucht.',
  logz: 'Der Logarithmus des Integrals des Ziels, aus den Ziehungen des Modells mit Gewichten geschätzt. Ein Modus, der fehlt, fehlt auch darin: Mit 4 von 8 Modi ist der Wert um ln 2 zu klein.',
  modes:
    'Modi, denen das Modell mindestens ein Fünftel der Masse gibt, die das Ziel ihnen gibt. Bei einer Zeichnung: ihre zusammenhängenden Gebiete.',
  marginal:
    'Die Dichte der einen Variablen, was immer die andere ist: die gemeinsame Dichte, über die andere integriert.',
  linear:
    'Mischt die Variablen mit einer gelernten Matrix, gehalten als Produkt zweier Dreiecksmatrizen, damit Umkehrung und Determinante billig sind.',
  thread:
    'Die Masse des Modells, wo das Ziel praktisch keine hat: unter der Dichte, die alles bis auf ein Tausendstel seiner Masse übersteigt. Eine glatte Abbildung eines Stücks kann nicht zwei daraus machen ohne einen Faden dazwischen.',
  solver:
    'Ein Flow in stetiger Zeit folgt einer Geschwindigkeit von der Basis zu den Daten, in so vielen Schritten. Euler fragt das Netz einmal je Schritt, Mittelpunkt zweimal, Runge-Kutta viermal. Bei zu wenigen Schritten wird der Weg verfehlt: Die Masse der Dichte ist nicht mehr 1, und der Weg zurück ist nicht der Weg hin.',
  transport:
    'In jedem Batch werden Basispunkte so mit Datenpunkten gepaart, dass die Summe ihrer quadrierten Abstände am kleinsten ist (in Gruppen von 64). Die Wege kreuzen sich dann weniger, sind gerader und brauchen weniger Schritte (Tong et al. 2024).',
  latent:
    'Variablen, die niemand sieht, aus einer Standardnormalverteilung gezogen: Ein Netz macht aus ihnen einen Punkt der Daten. Sind es weniger, als die Daten haben, liegt das Gemachte auf einer Kurve oder Fläche, bis auf das Rauschen des Decoders.',
  beta: 'Das Gewicht der Abweichung dessen, was der Encoder über die Latenten sagt, von ihrer Normalverteilung. Bei 1 ist die Zielfunktion die ELBO; darunter werden Punkte besser unterschieden und Stichproben schlechter, darüber umgekehrt.',
  penalty:
    'Die Hälfte dieses Gewichts, mal dem quadrierten Gradienten des Diskriminators an den Daten, kommt zu seinem Verlust. Das hält ihn um die Daten flach, sodass der Generator immer einen Weg zu allen Modi sieht (R1, Mescheder et al. 2018).',
  bound:
    'Was sich über log p(x) sagen lässt, wo p(x) ein Integral über Latente ist, das niemand ausrechnen kann: eine Zahl, unter der log p(x) nicht liegt, aus 32 Ziehungen des Encoders. NLL und KL daraus liegen nicht unter den wahren.',
  energy:
    'Wie weit zwei Stichproben auseinander liegen: das Doppelte des mittleren Abstands zwischen ihnen, minus den mittleren Abstand innerhalb jeder (Székely und Rizzo). Der Erwartungswert ist 0 nur, wo beide dieselbe Dichte haben. Die Schätzung ist unverzerrt: Bei einer einzigen Dichte ist sie im Mittel 0, also die halbe Zeit darunter. Was der Zufall daraus macht, zeigt sich, wenn man alle Punkte zufällig neu aufteilt.',
  wasserstein:
    'Wie weit Masse getragen werden muss, um aus der einen Stichprobe die andere zu machen, entlang vieler Geraden: Auf einer Geraden behält der beste Weg die Reihenfolge bei. Die Wurzel aus dem mittleren Quadrat über Wege und Geraden. Bei endlichen Stichproben ist sie auch dann über 0, wenn beide dieselbe Dichte haben.',
  precision:
    'Der Anteil der Stichproben, die unter den Punkten des Ziels liegen: in einer der Kugeln um diese, die bis zum drittnächsten der anderen reichen (Kynkäänniemi et al. 2019). Sie fällt, wo Stichproben liegen, wo keine Daten sind. Ein perfektes Modell erreicht keine 100 %: Was weiter draußen liegt als alle anderen, ist in keiner Kugel.',
  recall:
    'Der Anteil der zurückgehaltenen Punkte des Ziels, die unter den Stichproben liegen: in einer der Kugeln um diese, die bis zum drittnächsten der anderen reichen. Er fällt, wo das Modell einen Teil der Daten auslässt.',
};
