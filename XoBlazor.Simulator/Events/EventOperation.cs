namespace XoBlazor.Simulator.Events;

internal enum EventOperation { Add, Mod, Del }
