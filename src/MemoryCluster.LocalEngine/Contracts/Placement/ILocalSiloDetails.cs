namespace Orleans.Runtime;

/// <summary>The silo that the code runs on.</summary>
public interface ILocalSiloDetails
{
    string Name { get; }

    string ClusterId { get; }

    SiloAddress SiloAddress { get; }
}
