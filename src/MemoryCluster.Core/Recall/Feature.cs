namespace MemoryCluster.Recall;

/// <summary>What ranking knows of a candidate, each about 0 to 1. Their weights stand in <see cref="RankingModel"/>.</summary>
internal enum Feature
{
    /// <summary>BM25 of its own words, as a share of the most that the query's words could score.</summary>
    Words = 0,

    /// <summary>How rare the rarest word is that it shares with the query, beside the query's rarest.</summary>
    Rarest,

    /// <summary>Whether all of its speaker's name or title is in the query.</summary>
    Titled,

    /// <summary>Whether it asks something itself: questions seldom answer.</summary>
    Question,

    /// <summary>Whether it names somebody or something within a sentence: what is worth asking about has a name.</summary>
    Names,

    /// <summary>Its vector's similarity to the query's.</summary>
    Meaning,

    /// <summary>What the turns beside it add to its BM25 when all are read as one text.</summary>
    Beside,

    /// <summary>How much of the query its chat session speaks about, beside the session that speaks about the most.</summary>
    Session,

    /// <summary>The best of the first hits that names a thing which it names too, by how rare the thing is.</summary>
    Linked,

    /// <summary>The best of the first hits that names its title.</summary>
    LinkedByTitle,

    /// <summary>What it says about the part of the query that a hit linked to it leaves open: the second hop of a question.</summary>
    Bridged,

    /// <summary>Whether it happened in or near the days that the query names.</summary>
    Occurred,

    /// <summary>Whether its text tells of those days.</summary>
    Told,

    /// <summary>Whether it names a time where the query asks when.</summary>
    AnswersWhen,

    /// <summary><see cref="Words"/> once more where it stands in a chat: turns are short and live from each other.</summary>
    TurnWords,

    /// <summary><see cref="Rarest"/> once more where it stands in a chat.</summary>
    TurnRarest,

    /// <summary>How many there are.</summary>
    End,
}
