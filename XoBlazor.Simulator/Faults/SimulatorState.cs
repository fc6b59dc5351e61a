namespace XoBlazor.Simulator.Faults;

/// <summary>What a simulated pool has seen and does, for those who watch a client from outside: <c>GET /simulator/state</c>.</summary>
public sealed record SimulatorState(
    int Connections, int Sessions, long Generation, int Objects, IReadOnlyDictionary<string, long> Calls, IReadOnlyDictionary<string, int> Running,
    IReadOnlyList<string> Faults);
