using System.Text.Json;

namespace MemoryCluster.Host.Commands.Ingest;

/// <summary>How far a file has been ingested: every batch before this one is acknowledged. Kept in a small file of its own.</summary>
internal sealed class IngestPosition
{
    private readonly string _path;
    private readonly string _fingerprint;
    private readonly SortedSet<int> _ahead = [];
    private readonly Lock _lock = new();

    private IngestPosition(string path, string fingerprint, int batches)
    {
        _path = path;
        _fingerprint = fingerprint;
        Batches = batches;
    }

    /// <summary>How many of the first batches are acknowledged.</summary>
    public int Batches { get; private set; }

    /// <summary>Begins at the start and keeps the position in a file from now on.</summary>
    /// <exception cref="InvalidDataException">The file cannot be written; nothing has been sent yet.</exception>
    public static IngestPosition Start(string path, string fingerprint)
    {
        var position = new IngestPosition(path, fingerprint, 0);
        try
        {
            position.Save();
            return position;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The position cannot be kept in {path} ({cause.Message}). Give --state FILE elsewhere.", cause);
        }
    }

    /// <summary>Goes on from where the file says; from the start where there is none.</summary>
    /// <exception cref="InvalidDataException">It is the position in another file, or with other settings.</exception>
    public static IngestPosition Resume(string path, string fingerprint)
    {
        if (!File.Exists(path))
            return Start(path, fingerprint);
        var kept = JsonSerializer.Deserialize(File.ReadAllBytes(path), CliJson.Readable.KeptPosition);
        return kept?.Fingerprint == fingerprint
            ? new IngestPosition(path, fingerprint, kept.Batches)
            : throw new InvalidDataException($"{path} is the position in another file or with other options. Leave out --resume to begin anew.");
    }

    /// <summary>Notes that a batch is acknowledged. Batches may end in any order; the position moves over unbroken runs only.</summary>
    public void Acknowledge(int ordinal)
    {
        lock (_lock)
        {
            _ahead.Add(ordinal);
            var before = Batches;
            while (_ahead.Remove(Batches))
                Batches++;
            if (Batches > before)
                Save();
        }
    }

    private void Save()
    {
        var temporary = $"{_path}.tmp";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(new KeptPosition(_fingerprint, Batches), CliJson.Readable.KeptPosition));
        File.Move(temporary, _path, overwrite: true);
    }
}
