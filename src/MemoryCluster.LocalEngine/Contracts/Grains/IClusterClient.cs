namespace Orleans;

/// <summary>The cluster as its callers from outside see it.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
