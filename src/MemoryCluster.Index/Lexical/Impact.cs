namespace MemoryCluster.Index.Lexical;

/// <summary>
/// The most that any posting of a block can score, whatever the mean length becomes after the block was sealed.
/// </summary>
/// <remarks>
/// A saturation is 1 / (1 + h) with the penalty h = Constant × (1 / f) + PerTerm × (length / f). Over a block, the least h is the lower
/// envelope of lines in PerTerm: concave. So its value at the PerTerm of the sealing bounds it from below on both sides, by the chord to
/// PerTerm 0 on the left and by the least slope on the right; both are exact at the sealing's own PerTerm. (Block maxima: S. Ding and
/// T. Suel, "Faster top-k document retrieval using block-max indexes", SIGIR 2011, section 4; there for scores that never change.)
/// </remarks>
internal readonly record struct Impact(float AtZero, float SlopeMin, float Reference, float AtReference)
{
    // More than the rounding of the few operations here and in the score together.
    private const float Slack = 1.00001f;

    /// <summary>What is known of postings by their highest frequency and their least length per occurrence alone.</summary>
    public static Impact Loose(float constant, int frequencyMax, float slopeMin) =>
        new(constant / frequencyMax, slopeMin, 0, constant / frequencyMax);

    public static Impact Of(ReadOnlySpan<Posting> postings, ReadOnlySpan<float> lengths, Bm25Norm norm)
    {
        var atZero = float.MaxValue;
        var slopeMin = float.MaxValue;
        var atReference = float.MaxValue;
        foreach (var posting in postings)
        {
            var slope = lengths[posting.Slot] / posting.Frequency;
            var constant = norm.Constant / posting.Frequency;
            atZero = Math.Min(atZero, constant);
            slopeMin = Math.Min(slopeMin, slope);
            atReference = Math.Min(atReference, constant + (norm.PerTerm * slope));
        }

        return new Impact(atZero, slopeMin, norm.PerTerm, atReference);
    }

    /// <summary>No posting has a smaller penalty.</summary>
    public float PenaltyMin(float perTerm) => perTerm >= Reference
        ? AtReference + ((perTerm - Reference) * SlopeMin)
        : AtZero + ((AtReference - AtZero) * (perTerm / Reference));

    /// <summary>No posting scores more at this penalty.</summary>
    public static int ScoreMax(float scale, float penaltyMin) => (int)MathF.Ceiling(scale * Slack / (1 + penaltyMin)) + 1;
}
