using System.Text.Json;

namespace MemoryCluster.Embedders;

/// <summary>Reads the scores out of an answer: {"results": [{"index": 2, "relevance_score": 0.98}, …]}, in whatever order.</summary>
internal static class RerankResponse
{
    /// <summary>The score of each text, by its index.</summary>
    /// <exception cref="FormatException">The answer has not this shape, or not one finite score for each text.</exception>
    public static float[] Read(JsonElement root, int texts)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("results", out var results) || results.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("the answer has no array \"results\"");
        }

        var scores = new float[texts];
        Array.Fill(scores, float.NaN);
        var count = 0;
        foreach (var item in results.EnumerateArray())
        {
            var index = Index(item);
            if (index < 0 || index >= texts || !float.IsNaN(scores[index]))
            {
                throw new FormatException($"index {index} is outside of the {texts} texts asked for, or came twice");
            }

            scores[index] = Score(item);
            count++;
        }

        return count == texts ? scores : throw new FormatException($"{count} scores came for {texts} texts");
    }

    // Results come best first, so that their order says nothing about which text is meant.
    private static int Index(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("index", out var index)
            && index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out var number)
            ? number
            : throw new FormatException("an item of \"results\" has no \"index\"");

    private static float Score(JsonElement item) =>
        item.TryGetProperty("relevance_score", out var score) && score.ValueKind == JsonValueKind.Number
            && score.TryGetSingle(out var value) && float.IsFinite(value)
            ? value
            : throw new FormatException("a \"relevance_score\" is missing or not a finite number");
}
