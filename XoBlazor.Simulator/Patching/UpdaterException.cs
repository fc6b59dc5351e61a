namespace XoBlazor.Simulator.Patching;

/// <summary>The updater of an XCP-ng host failed; how a client hears of it depends on the host's age.</summary>
internal sealed class UpdaterException(string message) : Exception(message);
