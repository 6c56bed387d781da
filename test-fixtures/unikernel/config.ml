(* mirage >= 4.10.0 & < 4.12.0 *)
open Mirage

(* What the unikernel is made of, for the mirage tool. With "mirage configure -t virtio --dhcp=true" the
   stack takes its address by DHCP, which is the only way Compute Engine gives one. *)

let main =
  main "Unikernel.Main"
    ~packages:[ package "duration"; package "logs"; package "cstruct" ]
    (stackv4v6 @-> job)

let () = register "site" [ main $ generic_stackv4v6 default_network ]
