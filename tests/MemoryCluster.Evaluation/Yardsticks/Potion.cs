using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using MemoryCluster.Index.Vectors;

namespace MemoryCluster.Evaluation.Yardsticks;

/// <summary>
/// potion-base-2M (The Minish Lab, MIT), the yardstick and the teacher: the mean of its tokens' vectors. The file: GGE1, u32 tokens,
/// u32 dimensions, f32 scales, i8 rows, then each token's u16 length and UTF-8.
/// </summary>
internal sealed class Potion
{
    private const int HeaderBytes = 12;

    private readonly WordPiece _tokenizer;

    private Potion(int dimensions, float[][] rows, string[] vocabulary)
    {
        Dimensions = dimensions;
        Rows = rows;
        Vocabulary = vocabulary;
        _tokenizer = new WordPiece(vocabulary);
    }

    public int Dimensions { get; }

    public IReadOnlyList<float[]> Rows { get; }

    /// <summary>Most frequent words first, after single characters.</summary>
    public IReadOnlyList<string> Vocabulary { get; }

    public static Potion Read(string path)
    {
        var file = File.ReadAllBytes(path);
        var count = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        var dimensions = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8));
        var scales = MemoryMarshal.Cast<byte, float>(file.AsSpan(HeaderBytes, count * sizeof(float))).ToArray();
        var values = MemoryMarshal.Cast<byte, sbyte>(file.AsSpan(HeaderBytes + (count * sizeof(float)), count * dimensions)).ToArray();
        var rows = scales.Select((scale, token) => values[(token * dimensions)..((token + 1) * dimensions)].Select(value => value * scale).ToArray());
        return new Potion(dimensions, [.. rows], Tokens(file.AsSpan(HeaderBytes + (count * (sizeof(float) + dimensions))), count));
    }

    private static string[] Tokens(ReadOnlySpan<byte> rest, int count)
    {
        var tokens = new string[count];
        foreach (ref var token in tokens.AsSpan())
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            token = Encoding.UTF8.GetString(rest.Slice(sizeof(ushort), length));
            rest = rest[(sizeof(ushort) + length)..];
        }

        return tokens;
    }

    public float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        foreach (var token in _tokenizer.Encode(text))
        {
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] += Rows[token][i];
            }
        }

        _ = UnitVector.TryNormalize(vector);
        return vector;
    }
}
