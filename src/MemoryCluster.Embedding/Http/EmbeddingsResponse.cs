using System.Buffers.Binary;
using System.Text.Json;

namespace MemoryCluster.Embedders;

/// <summary>Reads the vectors out of an answer: {"data": [{"index": 0, "embedding": [0.1, …] or "base64 of little-endian floats"}, …]}.</summary>
internal static class EmbeddingsResponse
{
    /// <summary>The vectors by their index, as they came.</summary>
    /// <exception cref="FormatException">The answer has not this shape, or not one vector for each text.</exception>
    public static float[][] Read(JsonElement root, int texts)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("the answer has no array \"data\"");
        }

        var vectors = new float[texts][];
        var position = 0;
        foreach (var item in data.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("an item of \"data\" is no object");
            }

            // Some services leave the index out and keep the order.
            var index = item.TryGetProperty("index", out var given) && given.TryGetInt32(out var number) ? number : position;
            position++;
            if (index < 0 || index >= texts || vectors[index] is not null)
            {
                throw new FormatException($"index {index} is outside of the {texts} texts asked for, or came twice");
            }

            vectors[index] = Vector(item);
        }

        return position == texts ? vectors : throw new FormatException($"{position} vectors came for {texts} texts");
    }

    private static float[] Vector(JsonElement item)
    {
        if (!item.TryGetProperty("embedding", out var embedding))
        {
            throw new FormatException("an item has no \"embedding\"");
        }

        return embedding.ValueKind switch
        {
            JsonValueKind.Array => [.. embedding.EnumerateArray().Select(Component)],
            JsonValueKind.String when embedding.TryGetBytesFromBase64(out var bytes) && bytes.Length % sizeof(float) == 0 => FromBytes(bytes),
            _ => throw new FormatException("an \"embedding\" is neither numbers nor base64 of whole floats"),
        };
    }

    private static float Component(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number && number.TryGetSingle(out var value)
            ? value
            : throw new FormatException("an \"embedding\" holds something that is no number");

    private static float[] FromBytes(byte[] bytes)
    {
        var vector = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return vector;
    }
}
