namespace XoBlazor.Core.Patching;

/// <summary>Updates could not be found, read or installed, for a reason made for people: it names the object and the next step.</summary>
public sealed class PatchingException(string message, Exception? inner = null) : Exception(message, inner);
