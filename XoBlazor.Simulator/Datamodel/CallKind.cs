namespace XoBlazor.Simulator.Datamodel;

internal enum CallKind { Custom, Getter, Setter, Add, Remove, Object, Constructor, Destructor }
