/** Another language whose score is within this share of the best could be meant just as well. */
const CLOSE = 0.95;

/** An answer is in a foreign language if that language's score for the question is below this share of the best. */
const POSSIBLE = 0.8;

/** Shorter texts show no language reliably, in characters. */
const MIN_LENGTH = 40;

export interface LanguageDetector {
  /** An ISO 639-1 code. Where a question could be English, as with a few names and numbers, it is. */
  languageOf(question: string): string;
  /** Whether a sentence of an answer is in English, for sure where the question is not. */
  isEnglish(sentence: string, question: string): boolean;
  /** Whether an answer is in the language of its question, or in English, as the guidance is. */
  isReadable(answer: string, question: string): boolean;
}

/** Loads the detector. Only where a model writes: its tables take about 90 MB. */
export async function languageDetector(): Promise<LanguageDetector> {
  const { eld } = await import('eld/extrasmall');
  const languageOf = (question: string) => {
    const { language, getScores } = eld.detect(question);
    const scores = getScores();
    return (scores['en'] ?? 0) >= (scores[language] ?? 0) * CLOSE ? 'en' : language;
  };
  return {
    languageOf,
    isEnglish(sentence, question) {
      if (languageOf(question) === 'en') return true;
      return sentence.length >= MIN_LENGTH && eld.detect(sentence).language === 'en';
    },
    isReadable(answer, question) {
      const { language, isReliable } = eld.detect(answer);
      if (language === 'en' || answer.length < MIN_LENGTH || !isReliable()) return true;
      const { language: asked, getScores } = eld.detect(question);
      const scores = getScores();
      return (scores[language] ?? 0) >= (scores[asked] ?? 0) * POSSIBLE;
    },
  };
}
