using System.IO.MemoryMappedFiles;
using MemoryCluster.Shards;
using MemoryCluster.Storage.Files.Disk;

namespace MemoryCluster.Storage.Tests.Files;

/// <summary>
/// A disk in memory that can fill up, fail to sync, and lose power: what was not synced then stays or goes by the seed, sector by sector.
/// </summary>
/// <remarks>Names become durable at once, which is kinder than a disk; the order of renames is tested by cutting between any two calls.</remarks>
internal sealed class SimulatedFiles : IStorageFiles
{
    private readonly Dictionary<string, SimulatedFile> _files = [];
    private readonly HashSet<string> _locks = [];

    /// <summary>Bytes the disk still takes.</summary>
    public long BytesFree { get; set; } = 1L << 50;

    /// <summary>Calls that change something, still to be let through; the one after them and all later ones fail.</summary>
    public int ChangesLeft { get; set; } = int.MaxValue;

    public bool SyncFails { get; set; }

    /// <summary>Changes let through so far.</summary>
    public int Changes { get; private set; }

    public IReadOnlyCollection<string> Paths => _files.Keys;

    public SimulatedFile this[string path] => _files[path];

    public void CreateFolder(string path)
    {
    }

    public bool Exists(string path) => _files.ContainsKey(path);

    public IReadOnlyList<string> Names(string folder) =>
        [.. _files.Keys.Where(path => Path.GetDirectoryName(path) == folder).Select(path => Path.GetFileName(path)).Order()];

    public IStorageFile Open(string path, FileMode mode, FileAccess access)
    {
        if (mode == FileMode.Create)
        {
            Change();
            _files[path] = new SimulatedFile(this);
        }

        return _files.TryGetValue(path, out var file) ? file : throw new FileNotFoundException($"No file {path}.");
    }

    public DerivedFile Map(string path)
    {
        var bytes = _files[path].Bytes.ToArray();
        var map = MemoryMappedFile.CreateNew(null, bytes.Length);
        using var view = map.CreateViewAccessor();
        view.WriteArray(0, bytes, 0, bytes.Length);
        return new DerivedFile(map, bytes.Length);
    }

    public void Move(string source, string target)
    {
        Change();
        _files[target] = _files[source];
        _files.Remove(source);
    }

    public void Delete(string path)
    {
        Change();
        _files.Remove(path);
    }

    public void SyncFolder(string path) => Change();

    public IDisposable Lock(string path) => _locks.Add(path)
        ? new Held(() => _locks.Remove(path))
        : throw new IOException($"{path} is locked.");

    public void Change()
    {
        if (ChangesLeft <= 0)
            throw new IOException("The disk is gone.");
        ChangesLeft--;
        Changes++;
    }

    /// <summary>The disk as it is found after a power cut: a new one, without locks and failures.</summary>
    public SimulatedFiles AfterPowerCut(Random random) => Copied((file, files) => file.AfterPowerCut(files, random));

    /// <summary>The same bytes, as a process leaves them that was killed.</summary>
    public SimulatedFiles AfterKill() => Copied((file, files) => file.Copy(files));

    private SimulatedFiles Copied(Func<SimulatedFile, SimulatedFiles, SimulatedFile> copy)
    {
        var files = new SimulatedFiles();
        foreach (var (path, file) in _files)
            files._files.Add(path, copy(file, files));
        return files;
    }

    private sealed class Held(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
