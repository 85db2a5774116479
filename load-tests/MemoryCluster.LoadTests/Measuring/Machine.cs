using System.Globalization;
using System.Runtime.InteropServices;

namespace MemoryCluster.LoadTests.Measuring;

/// <summary>What a figure was taken on.</summary>
internal static class Machine
{
    public static string Description { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    /// <summary>Processes that were about to run a minute long, the measured ones included: above the cores others waited too. Null elsewhere than on Linux.</summary>
    public static double? LoadAverage =>
        OperatingSystem.IsLinux() ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : null;
}
