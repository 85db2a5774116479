namespace MemoryCluster.LoadTests.Scenarios;

/// <summary>Ends a command that was called wrongly, or whose server did not start, with the reason and without a stack.</summary>
internal static class CommandFaults
{
    /// <summary>What a command ends with that did not measure anything; 1 is for a demand that was not met.</summary>
    public const int NotRun = 2;

    public static async Task<int> ToldAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or FileNotFoundException or InvalidOperationException or InvalidDataException or MemoryClusterException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return NotRun;
        }
    }
}
