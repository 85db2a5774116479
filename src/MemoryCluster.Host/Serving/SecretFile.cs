namespace MemoryCluster.Host.Serving;

/// <summary>A file that its owner alone may read, written in two steps: staged under another name, synced, then published by a rename.</summary>
internal sealed class SecretFile(string path)
{
    private readonly string _staged = path + ".new";

    public string Path { get; } = path;

    public bool Exists => File.Exists(Path);

    /// <summary>What was staged and never published; null where there is nothing.</summary>
    public string? ReadStaged() => File.Exists(_staged) ? File.ReadAllText(_staged).Trim() : null;

    public void Stage(string secret)
    {
        // a leftover may have another mode
        File.Delete(_staged);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(_staged, options);
        using (var writer = new StreamWriter(file, leaveOpen: true))
        {
            writer.WriteLine(secret);
        }

        file.Flush(flushToDisk: true);
    }

    public void Publish() => File.Move(_staged, Path, overwrite: true);
}
