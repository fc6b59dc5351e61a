namespace XoBlazor.Simulator;

/// <summary>Something the person who starts the simulator has to put right; the message says what, and needs no stack trace.</summary>
public sealed class SimulatorException(string message, Exception? inner = null) : Exception(message, inner);
