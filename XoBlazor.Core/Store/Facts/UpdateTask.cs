using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>Something that installed updates still ask for.</summary>
/// <param name="On">The host or the VM with which it has to be done.</param>
/// <param name="Why">In words that follow the name of the host, or stand alone.</param>
public sealed record UpdateTask(UpdateNeed Need, XapiObject On, string Why);
