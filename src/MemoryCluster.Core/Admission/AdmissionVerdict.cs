namespace MemoryCluster.Admission;

/// <summary>What admission makes of a candidate, before anything is written.</summary>
internal abstract record AdmissionVerdict
{
    private AdmissionVerdict()
    {
    }

    public sealed record Admit(string Reason) : AdmissionVerdict;

    public sealed record Merge(MemoryRecord Into, double Similarity, string Reason) : AdmissionVerdict;

    public sealed record Reject(string Reason) : AdmissionVerdict;
}
