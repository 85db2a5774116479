namespace MemoryCluster.Host;

/// <summary>What lies where in a data folder.</summary>
internal static class DataFolders
{
    public const string Default = "data";

    public static string Stores(string data) => Path.Combine(data, "stores");

    public static string AdminKey(string data) => Path.Combine(data, "admin.key");

    /// <summary>Makes the folder, for its owner alone, where it is missing.</summary>
    public static void Create(string data)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(data);
        }
        else
        {
            Directory.CreateDirectory(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
