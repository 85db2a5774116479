using MemoryCluster.Contract;

namespace MemoryCluster.Host.Commands;

/// <summary>What <c>certify --rerun</c> tells.</summary>
/// <param name="Certificate">What is on record, worked out again.</param>
/// <param name="Rerun">What replayers outside of the cluster said now.</param>
internal sealed record CertifyReport(CertificateResponse Certificate, CertificateRerunResponse Rerun);
