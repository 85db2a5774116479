using System.Globalization;

namespace MemoryCluster.Evaluation.Sets;

/// <summary>Pairs of sentences with the similarity that people saw in them.</summary>
internal sealed record SimilarityFile(string Name, IReadOnlyList<(double Score, string Left, string Right)> Pairs)
{
    /// <summary>Whether the task gave it away for training. Ours uses it to choose settings, never to train.</summary>
    public bool IsTraining => Name.EndsWith(".train", StringComparison.Ordinal);

    public static SimilarityFile Read(string path)
    {
        var year = Path.GetFileName(Path.GetDirectoryName(path));
        var pairs = from line in File.ReadLines(path)
                    let columns = line.Split('\t')
                    where columns.Length >= 3 && columns[0].Length > 0
                    select (double.Parse(columns[0], CultureInfo.InvariantCulture), columns[1], columns[2]);
        return new SimilarityFile($"{year} {Path.GetFileNameWithoutExtension(path)}", [.. pairs]);
    }
}
