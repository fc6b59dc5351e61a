using XoBlazor.Simulator.Faults;
using XoBlazor.Simulator.Hosting;

namespace XoBlazor.Simulator;

/// <summary>A host of a simulated pool: it listens on its own loopback address, on the pool's ports.</summary>
public sealed record SimulatedPoolHost(string Name, string Address, string CertificateFingerprint, bool IsCoordinator);
