namespace MemoryCluster.LoadTests.Reports;

/// <summary>A process that was killed.</summary>
/// <param name="Second">When, from the run's begin.</param>
/// <param name="Process">Which.</param>
/// <param name="ReadyAfterSeconds">When it, started again, was ready.</param>
/// <param name="LastFailureAfterSeconds">When the last request was due that failed or was refused before the next kill; 0 where none was.</param>
internal sealed record KillFigures(double Second, string Process, double ReadyAfterSeconds, double LastFailureAfterSeconds);
