namespace MemoryCluster.LoadTests.Targets;

/// <summary>What one process held at one moment.</summary>
/// <param name="Second">From the run's begin.</param>
/// <param name="Process">Its name; a process that is started again keeps it and gets another id.</param>
/// <param name="Id">Its id.</param>
/// <param name="Megabytes">Resident memory.</param>
/// <param name="Handles">Open files, sockets included.</param>
/// <param name="Threads">Its threads.</param>
internal sealed record ProcessReading(double Second, string Process, int Id, double Megabytes, int Handles, int Threads);
